import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { secretOf } from "@/e2e/support/house";
import { ask } from "@/e2e/support/http";
import { elevenMinutesAgo } from "@/e2e/support/settled";

/** What the browser asks of the portal, static files apart: documents, and what forms send. */
function watchRequests(page: Page): readonly string[] {
  const seen: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (!/^\/(?:_next\/|favicon\.svg$)/.test(pathname)) seen.push(`${request.method()} ${pathname}`);
  });
  return seen;
}

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("a login is four requests, and the fifth is the page that was wanted", async ({ page, person }) => {
      const ada = await person({ apps: 1, codes: true });
      const seen = watchRequests(page);
      await loginScreen(page).does.open();
      await loginScreen(page).does.logIn(ada);
      await challengeScreen(page).sees.isHere();
      await challengeScreen(page).does.answer(codeNow(secretOf(ada)), { scripts });
      await accountScreen(page).sees.isHere();
      const login = ["GET /login", "POST /login", "GET /challenge/totp", "POST /challenge/totp"];
      expect(seen).toEqual([...login, "GET /security"]);
    });

    test("a step-up has no hop on its way either", async ({ page, guest, house }) => {
      const grace = await guest({ apps: 1 });
      await elevenMinutesAgo(house, grace.session.id);
      await page.goto("/security/password");
      const seen = watchRequests(page);
      await challengeScreen(page).does.goOn();
      await challengeScreen(page).sees.isHere();
      await challengeScreen(page).does.answer(codeNow(secretOf(grace)), { scripts });
      await expect(page).toHaveURL(/\/security\/password$/);
      expect(seen).toEqual([
        ...["POST /challenge/start", "GET /challenge/totp", "POST /challenge/totp"],
        "GET /security/password",
      ]);
    });
  });
}

test("the front gate leads on without drawing a document", async ({ house, page, guest }) => {
  const { status, headers, body } = await ask(house.url, "/");
  expect([status, headers.location, body]).toEqual([307, "/login", ""]);
  await guest();
  await page.goto("/");
  await accountScreen(page).sees.isHere();
});
