import { loginScreen } from "@/e2e/screens/login";
import { letIn } from "@/e2e/support/entry";
import { expect } from "@/e2e/support/fixtures";
import { focusedStop } from "@/e2e/support/focus";
import { moveIn } from "@/e2e/support/house";
import { addPasskey, isIn, logOut, makePasskey, pressPasskey, saysCalmly, toStepUp } from "@/e2e/support/passkey-moves";
import { test } from "@/e2e/support/passkey-portal";
import { virtualKey } from "@/e2e/support/passkeys";

test.describe.configure({ mode: "default" }); // one portal for all of them

/**
 * Makes of authenticators, and whether one opens both doors alone; of any other the browser brings no answer there, and does not say why. Behind the password and at a step-up each of them serves.
 */
const makes = [
  ["a laptop with a fingerprint", { transport: "internal", verifies: true, isResident: true }, true],
  ["a laptop that keeps nothing", { transport: "internal", verifies: true, isResident: false }, false],
  ["a laptop without a screen lock", { transport: "internal", verifies: false, isResident: true }, false],
  ["a key with a PIN", { transport: "usb", verifies: true, isResident: true }, true],
  ["a key with a PIN that keeps nothing", { transport: "usb", verifies: true, isResident: false }, false],
  ["a key without a PIN", { transport: "usb", verifies: false, isResident: true }, false],
  ["a key without a PIN that keeps nothing", { transport: "usb", verifies: false, isResident: false }, false],
] as const;

for (const [what, make, opensAlone] of makes) {
  test(`${what} is bound, ${opensAlone ? "opens both doors" : "opens nothing alone"}, serves behind the password and at a step-up`, async ({
    visit,
  }) => {
    const { house, context, page } = visit;
    const ada = await moveIn(house);
    const key = await virtualKey(context, page, make);
    await letIn(house, context, ada);
    await addPasskey(page);
    await expect(page.getByText("second step only", { exact: true })).toHaveCount(opensAlone ? 0 : 1);

    await logOut(page, key);
    await key.confirms(true);
    await pressPasskey(page);
    if (opensAlone) {
      await isIn(page);
      await logOut(page, key);
    } else {
      await saysCalmly(page, "a key or device without a PIN or screen lock serves after it, as second step");
      expect((await focusedStop(page)).name, "the work goes on where it was").toBe("Use a passkey");
    }

    await key.confirms(false);
    await loginScreen(page).does.logIn(ada);
    await expect(page).toHaveURL(/\/challenge\/passkey/);
    await key.confirms(true);
    await pressPasskey(page);
    await isIn(page);

    await toStepUp(visit, ada);
    await pressPasskey(page);
    await expect(page).toHaveURL(/\/security\/password$/);
  });
}

test("a key that was bound without a PIN, and has one now, is set up anew in its own place, and then opens both doors", async ({
  visit: { house, context, page },
}) => {
  const grace = await moveIn(house, { apps: 1 });
  const key = await virtualKey(context, page, { transport: "usb", verifies: false, isResident: false });
  await letIn(house, context, grace);
  await addPasskey(page);
  await expect(page.getByText("One that is a second step only is asked for after your password.")).toBeVisible();

  await key.becomes({ transport: "usb", verifies: true, isResident: true });
  await page.getByRole("link", { name: "Manage Passkey" }).click();
  await page.getByRole("button", { name: "Replace" }).click();
  await makePasskey(page);
  await logOut(page, key);
  await key.confirms(true);
  await pressPasskey(page);
  await isIn(page);
  await expect(page.getByText("second step only", { exact: true })).toHaveCount(0);
});
