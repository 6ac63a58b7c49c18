import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { codesScreen } from "@/e2e/screens/codes";
import { expect } from "@/e2e/support/fixtures";
import { moveIn } from "@/e2e/support/house";
import { names, type Visit } from "@/e2e/support/passkey-portal";
import type { VirtualKey } from "@/e2e/support/passkeys";
import { withPasskey } from "@/lib/testing/passkeys";

/** The button that asks for a passkey, at either door. */
export const passkeyButton = (page: Page) => page.getByRole("button", { name: "Use a passkey", exact: true });

export const pressPasskey = (page: Page) => passkeyButton(page).click();

export const isIn = (page: Page) => accountScreen(page).sees.isHere();

export const saysCalmly = (page: Page, text: string) =>
  expect(page.getByRole("alert").filter({ hasText: text })).toBeVisible();

/** From the list of what can be set up to the page behind the first recovery codes, if there are any. */
export async function addPasskey(page: Page): Promise<void> {
  await page.goto("/security/factors/new");
  await page.getByRole("button", { name: "Start: Passkey" }).click(); // the strongest stands first
  await makePasskey(page);
}

/** The page that asks for one, and the first recovery codes behind it, if there are any. */
export async function makePasskey(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await expect(page).toHaveURL(/once$|\/security\?done=(bound|replaced|beside)/);
  if (page.url().endsWith("once")) await codesScreen(page).does.save();
  await isIn(page);
}

export async function logOut(page: Page, key: VirtualKey): Promise<void> {
  await key.confirms(false); // nobody touches it while the page waits for a name
  await page.getByRole("banner").getByRole("button", { name: "Log out" }).click();
  await page.waitForURL(/\/login/);
}

/** As if the last proof lay eleven minutes back: the next dangerous page asks for another. */
export async function toStepUp({ house, page }: Visit, { userId }: { readonly userId: string }): Promise<void> {
  await house.sql("UPDATE sessions SET proven_at = now() - interval '11 minutes' WHERE user_id = $1", [userId]);
  await page.goto("/security/password");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/challenge\/passkey/);
}

/** Somebody who has a passkey under this name already, on the authenticator of this browser and here. */
export async function withOne({ house }: Visit, key: VirtualKey, rpId: string = names.now) {
  const person = await moveIn(house, { codes: true });
  return { ...person, ...(await withAnother({ house }, key, person, rpId)) };
}

/** A further one of this person's, there and here. */
export async function withAnother(
  { house }: Pick<Visit, "house">,
  key: VirtualKey,
  person: { readonly userId: string },
  rpId: string = names.now,
) {
  const passkey = await withPasskey(house.ctx, person, { rpId });
  await key.takes(passkey, { rpId, userId: person.userId });
  return { factorId: passkey.factorId, credentialId: passkey.id };
}
