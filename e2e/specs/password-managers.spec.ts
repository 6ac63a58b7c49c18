import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/support/fixtures";
import { invite } from "@/e2e/support/house";

/** What a password manager takes for the user name of the new password on a page: the last field of that kind before it. */
const userNameOf = (page: Page) =>
  page
    .locator('form:has([autocomplete="new-password"]) [autocomplete="username"]')
    .evaluateAll((fields) => fields.map((field) => (field instanceof HTMLInputElement ? field.value : "")));

test("a changed password is stored for the account that it opens", async ({ page, guest }) => {
  const ada = await guest();
  await page.goto("/security/password");
  expect(await userNameOf(page)).toEqual([ada.email]);
});

test("an invited person's first password is stored under their e-mail address", async ({ page, house }) => {
  const { email, link } = await invite(house);
  await page.goto(link);
  expect(await userNameOf(page)).toEqual([email]);
});
