import { expect, type Page } from "@playwright/test";
import { english } from "@/e2e/screens/words";

/** The first run, and the page of an invitation: both are doors that open once. */
export function firstAccountScreen(page: Page, words = english) {
  const password = page.getByLabel(words.password, { exact: true });
  return {
    does: {
      async createAccount({ email, username, secret }: { email: string; username?: string; secret: string }) {
        await page.getByLabel(words.email, { exact: true }).fill(email);
        if (username !== undefined) await page.getByLabel(words.username).fill(username);
        await password.fill(secret);
        await page.getByRole("button", { name: words.createAccount }).click();
      },
      async choosePassword(secret: string) {
        await password.fill(secret);
        await page.getByRole("button", { name: words.saveAndLogIn }).click();
      },
    },
    sees: {
      closed: () => expect(page.getByRole("heading", { level: 1, name: words.linkOver })).toBeVisible(),
      sentence: (text: string | RegExp) => expect(page.getByRole("alert").filter({ hasText: text })).toBeVisible(),
    },
  };
}
