import type { Page } from "@playwright/test";

/** What a password manager takes for the user name of the password on a page: every field of that kind before it in its form, of which there should be one. */
export function userNameOf(page: Page, password: "new" | "current" = "new"): Promise<string[]> {
  return page
    .locator(`input[autocomplete="${password}-password"]`)
    .first()
    .evaluate((secret: HTMLInputElement) => {
      const fields = [...(secret.form?.elements ?? [])].filter((one) => one instanceof HTMLInputElement);
      const before = fields.slice(0, fields.indexOf(secret));
      return before.filter(({ autocomplete }) => autocomplete === "username").map(({ value }) => value);
    });
}
