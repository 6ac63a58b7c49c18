import { expect, type Page } from "@playwright/test";
import { english } from "@/e2e/screens/words";

/** Setting up, or replacing, an authenticator app. */
export function enrolmentScreen(page: Page, words = english) {
  const code = page.getByLabel(words.code, { exact: true });
  return {
    does: {
      /** The key as text, the way a person without a camera types it over. */
      async readSecret(): Promise<string> {
        return (await page.getByRole("code").first().innerText()).replaceAll(/\s/g, "");
      },
      readLink: () => page.locator('a[href^="otpauth:"]').getAttribute("href"),
      name: (label: string) => page.getByLabel(words.name, { exact: true }).fill(label),
      async confirm(text: string) {
        await code.fill(text);
        await page.getByRole("button", { name: words.confirm }).click();
      },
      cancel: () => page.getByRole("button", { name: words.cancel }).click(),
    },
    sees: {
      async isHere() {
        await expect(page).toHaveURL(/\/security\/factors\/new\/totp$/);
        await expect(code).toBeVisible();
      },
      qr: () => expect(page.getByRole("img", { name: /QR|二维码/ })).toBeVisible(),
      /** A refusal: the field is empty again. */
      async sentence(text: string | RegExp) {
        await expect(page.getByRole("alert").filter({ hasText: text })).toBeVisible();
        await expect(code).toHaveValue("");
      },
    },
  };
}
