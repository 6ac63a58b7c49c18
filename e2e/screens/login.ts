import { expect, type Page } from "@playwright/test";
import { english } from "@/e2e/screens/words";

type Credentials = { readonly email: string; readonly password: string };

/** The first door. */
export function loginScreen(page: Page, words = english) {
  const identifier = page.getByLabel(words.identifier, { exact: true });
  const password = page.getByLabel(words.password, { exact: true });
  const button = page.getByRole("button", { name: words.logIn, exact: true });
  return {
    does: {
      open: (returnTo?: string) => page.goto(`/login${returnTo ? `?returnTo=${encodeURIComponent(returnTo)}` : ""}`),
      /** As people do it: name, password, button. */
      async logIn({ email, password: secret }: Credentials, name = email) {
        await identifier.fill(name);
        await password.fill(secret);
        await button.click();
      },
    },
    sees: {
      async isHere() {
        await expect(page.getByRole("heading", { level: 1, name: words.loginTitle })).toBeVisible();
        await expect(page).toHaveURL(/\/login(\?|$)/);
      },
      /** One sentence for all that can be wrong; the name stays, the password does not, and is where the work goes on. */
      async refusal(name: string) {
        await expect(page.getByRole("alert").filter({ hasText: words.wrongLogin })).toBeVisible();
        await expect(identifier).toHaveValue(name);
        await expect(password).toHaveValue("");
        await expect(password).toBeFocused();
      },
      sentence: (text: string | RegExp) => expect(page.getByRole("alert").filter({ hasText: text })).toBeVisible(),
    },
  };
}
