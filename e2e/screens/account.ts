import { expect, type Page } from "@playwright/test";
import { english } from "@/e2e/screens/words";

/** The account's first page and what every page of it shares. */
export function accountScreen(page: Page, words = english) {
  return {
    does: {
      open: (path = "/security") => page.goto(path),
      async logOut() {
        await page.getByRole("banner").getByRole("button", { name: words.logOut }).click();
        await page.waitForURL(/\/login/);
      },
      async addApp() {
        await page.getByRole("link", { name: words.addFactor }).click();
        await page.getByRole("button", { name: words.start }).first().click();
      },
      /** To the page that asks for a number or an address. */
      async add(kind: string) {
        await page.getByRole("link", { name: words.addFactor }).click();
        await page.getByRole("link", { name: kind }).click();
      },
      start: () => page.getByRole("button", { name: words.start }).first().click(),
      /** To the question, and yes. */
      async makeCodes() {
        await page.getByRole("link", { name: words.makeCodes }).click();
        await page.getByRole("button", { name: words.makeCodes }).click();
      },
      async changePassword(current: string, next: string) {
        await page.getByLabel(words.currentPassword, { exact: true }).fill(current);
        await page.getByLabel(words.newPassword, { exact: true }).fill(next);
        await page.getByRole("button", { name: words.changePassword }).click();
      },
    },
    sees: {
      async isHere() {
        await expect(page.getByRole("heading", { level: 1, name: words.securityTitle })).toBeVisible();
        await expect(page).toHaveURL(/\/security(\?|$)/);
      },
      notice: (text: string) => expect(page.getByRole("status").filter({ hasText: text })).toBeVisible(),
      note: (text: string) => expect(page.getByRole("note").filter({ hasText: text })).toBeVisible(),
      sentence: (text: string | RegExp) => expect(page.getByRole("alert").filter({ hasText: text })).toBeVisible(),
      text: (text: string) => expect(page.getByRole("main")).toContainText(text),
    },
  };
}
