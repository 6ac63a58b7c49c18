import { expect, type Page } from "@playwright/test";
import { english } from "@/e2e/screens/words";

/** From the forgotten password to the new one. */
export function resetScreen(page: Page, words = english) {
  const heading = (name: string) => expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  return {
    does: {
      open: () => page.goto("/forgot-password"),
      async ask(name: string) {
        await page.getByLabel(words.identifier, { exact: true }).fill(name);
        await page.getByRole("button", { name: words.sendLetter }).click();
      },
      goOn: () => page.getByRole("button", { name: words.resetGoOn, exact: true }).click(),
      tick: (label: string) => page.getByRole("checkbox", { name: label }).check(),
      async choose(secret: string) {
        await page.getByLabel(words.newPassword, { exact: true }).fill(secret);
        await page.getByRole("button", { name: words.setPassword }).click();
      },
    },
    sees: {
      asked: () => heading(words.askedTitle),
      isOpen: () => heading(words.resetTitle),
      choose: () => expect(page.getByRole("button", { name: words.setPassword })).toBeVisible(),
      over: () => heading(words.linkOver),
      isSet: () => expect(page.getByText(words.passwordSet)).toBeVisible(),
    },
  };
}
