import { letBetween, letIn } from "@/e2e/support/entry";
import { moveIn } from "@/e2e/support/house";
import { names, type Visit } from "@/e2e/support/passkey-portal";
import { withPasskey } from "@/lib/testing/passkeys";

/** Somebody inside with a laptop's passkey, and a key that had no PIN when it was bound: it is a second step only. */
async function withKey({ house, context }: Pick<Visit, "house" | "context">) {
  const person = await moveIn(house, { codes: true });
  await withPasskey(house.ctx, person, { label: "Laptop", isSynced: true });
  const key = await withPasskey(house.ctx, person, { label: "Blue key", transports: ["usb"], uvAtBinding: false });
  await letIn(house, context, person);
  return key;
}

/** The screens that passkeys change, at a portal that offers them and has moved. */
export const passkeyScreens: Readonly<Record<string, (visit: Visit) => Promise<unknown>>> = {
  "passkey-login": ({ page }) => page.goto("/login"),
  "passkey-challenge": async ({ house, context, page }) => {
    const person = await moveIn(house, { apps: 1 });
    await withPasskey(house.ctx, person);
    await letBetween(house, context, person);
    await page.goto("/challenge/passkey");
  },
  "passkey-new": async ({ house, context, page }) => {
    await letIn(house, context, await moveIn(house));
    await page.goto("/security/factors/new");
    await page.locator("form:has(input[value=passkey]) button").click();
    await page.waitForURL(/\/new\/passkey$/);
  },
  "passkey-security": async ({ house, context, page }) => {
    const person = await moveIn(house, { codes: true });
    await withPasskey(house.ctx, person, { label: "Laptop", isSynced: true });
    await withPasskey(house.ctx, person, { label: "Blue key", transports: ["usb"], rpId: names.before });
    await letIn(house, context, person);
    await page.goto("/security");
  },
  "passkey-moved": async ({ house, context, page }) => {
    const person = await moveIn(house, { codes: true });
    await withPasskey(house.ctx, person, { rpId: names.before });
    await letIn(house, context, person);
    await page.goto("/security");
    await page.locator("form:has(input[value=passkey])").waitFor(); // the offer to make one of today's name
  },
  "passkey-second": async ({ house, context, page }) => {
    await withKey({ house, context });
    await page.goto("/security");
  },
  "passkey-second-manage": async ({ house, context, page }) => {
    const { factorId } = await withKey({ house, context });
    await page.goto(`/security/factors/${factorId}`);
  },
  "passkey-second-anew": async ({ house, context, page }) => {
    const { factorId } = await withKey({ house, context });
    await house.sql(
      "UPDATE sessions SET proven_with = 'passkey' WHERE user_id = (SELECT user_id FROM factors WHERE id = $1)",
      [factorId],
    );
    await page.goto(`/security/factors/${factorId}`);
    await page.locator("form:has([name=replaces]) button").click();
    await page.waitForURL(/\/new\/passkey/);
  },
  "passkey-offer": async ({ house, page }) => {
    const { email, password } = await moveIn(house);
    await page.goto("/login");
    await page.locator("[name=identifier]").fill(email);
    await page.locator("[name=password]").fill(password);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/security$/);
  },
};
