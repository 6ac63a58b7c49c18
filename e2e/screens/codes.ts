import { expect, type Page } from "@playwright/test";
import { english } from "@/e2e/screens/words";

/** Recovery codes, shown once. */
export function codesScreen(page: Page, words = english) {
  const codes = page.getByRole("list", { name: words.codesTitle }).getByRole("listitem");
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  return {
    does: {
      /** The codes as they stand there. */
      async read(): Promise<string[]> {
        await expect(codes.first()).toBeVisible();
        return (await codes.allInnerTexts()).map((text) => text.trim());
      },
      /** "These codes", where there are several; one alone is "this code". */
      async save() {
        await expect(codes.first()).toBeVisible();
        await button((await codes.count()) === 1 ? words.savedOne : words.saved).click();
      },
    },
    sees: {
      async codes(count: number) {
        await expect(page).toHaveURL(/\/security\/recovery-codes\/once$/);
        await expect(codes).toHaveCount(count);
      },
    },
  };
}
