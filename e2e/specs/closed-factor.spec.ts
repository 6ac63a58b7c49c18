import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { loginScreen } from "@/e2e/screens/login";
import { closeKind } from "@/e2e/support/closed-kind";
import { expect, test } from "@/e2e/support/fixtures";
import type { Resident } from "@/e2e/support/house";

const note = "Authenticator app: closed after too many wrong codes.";

async function throughTheFirstDoor(page: Page, person: Resident) {
  await loginScreen(page).does.open();
  await loginScreen(page).does.logIn(person);
  return challengeScreen(page);
}

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("a closed app is told before anything is typed, stands last, and protects nothing on the security page", async ({
      page,
      person,
      house,
    }) => {
      const katherine = await person({ apps: 1, codes: true });
      await closeKind(house, katherine, "totp", 90);
      const challenge = await throughTheFirstDoor(page, katherine);
      await challenge.sees.recoveryIsHere();
      await challenge.sees.text(note);
      await challenge.does.chooseAnotherWay();
      const rows = page.getByRole("main").getByRole("listitem");
      await expect(rows.nth(1)).toContainText("Closed after too many wrong codes.");
      await expect(page.getByRole("link", { name: "Code from your authenticator app" })).toHaveCount(0);

      await challenge.does.chooseRecovery();
      await challenge.does.sendRecoveryCode(katherine.codes[0] ?? "");
      await codesScreen(page).does.save();
      const account = accountScreen(page);
      await account.sees.isHere();
      await account.sees.text(
        "your second factor is closed: until it is set up again, the second step is a recovery code",
      );
      await expect(page.getByText("Your account is protected by")).toHaveCount(0);
      await page.getByRole("link", { name: "Manage Phone 1" }).click();
      await account.sees.text("codes of this kind are not accepted any more. Replace it");
    });
  });
}

test("who has nothing but a closed app is told so, and is not asked for its code", async ({ page, person, house }) => {
  const hedy = await person({ apps: 1 });
  await closeKind(house, hedy, "totp", 100);
  const challenge = await throughTheFirstDoor(page, hedy);
  await challenge.sees.text("After too many wrong codes this way is closed, and you have no other.");
  await expect(page.getByLabel("Verification code")).toHaveCount(0);
});
