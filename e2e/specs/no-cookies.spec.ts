import type { BrowserContext, Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { firstAccountScreen } from "@/e2e/screens/first-account";
import { loginScreen } from "@/e2e/screens/login";
import { chinese } from "@/e2e/screens/words";
import { expect, test } from "@/e2e/support/fixtures";
import { invite } from "@/e2e/support/house";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { ensure } from "@/lib/kernel/assert";

const password = "a bridge over nine calm otters";
const notKept = "Your browser keeps no cookies from this site";

/** As a browser does that keeps no cookies: none of what the page gave is there when the form goes off. */
const forget = (context: BrowserContext) => context.clearCookies();

/** What a page asks for goes without cookies, and none that an answer brings is kept. Only what follows a redirect goes past this. */
async function keepNone(page: Page) {
  await page.route("**/*", async (route) => {
    const asked = route.request();
    const { cookie: _, host: __, connection: ___, "content-length": ____, ...headers } = await asked.allHeaders();
    const body = asked.postDataBuffer();
    const method = asked.method();
    const answer = await fetch(asked.url(), {
      method,
      headers,
      redirect: "manual",
      ...(body ? { body: new Uint8Array(body) } : {}),
    });
    const { "set-cookie": _cookies, "content-encoding": _undone, ...told } = Object.fromEntries(answer.headers);
    await route.fulfill({ status: answer.status, headers: told, body: Buffer.from(await answer.arrayBuffer()) });
  });
}

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("a browser that keeps no cookies is told so at the login, and no password is judged", async ({
      page,
      context,
      person,
      house,
    }) => {
      const ada = await person();
      const login = loginScreen(page);
      await login.does.open("/security/password");
      await forget(context);
      await login.does.logIn({ ...ada, password: "not the password at all" });
      await login.sees.sentence(notKept);
      await expect(page.getByLabel("Email, username or phone")).toHaveValue(ada.email);
      expect(await house.sql("SELECT 1 FROM users WHERE id = $1 AND password_failures > 0", [ada.userId])).toEqual([]);
      expect(await house.sql("SELECT 1 FROM security_events WHERE subject_id = $1", [ada.userId])).toEqual([]);
      await login.does.logIn(ada); // the answer gave the cookie again, and now it is kept
      await expect(page).toHaveURL(/\/security\/password$/);
    });

    test("language and appearance can be chosen for the page that is open", async ({ page, context }) => {
      await keepNone(page);
      await page.goto("/login?returnTo=%2Fsecurity");
      await page.getByRole("button", { name: "简体中文" }).click();
      await loginScreen(page, chinese).sees.isHere();
      await page.getByRole("button", { name: "深色" }).click();
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
      await loginScreen(page, chinese).sees.isHere();
      await expect(page).toHaveURL(/\/login\?returnTo=%2Fsecurity&lang=zh&theme=dark$/);
      await loginScreen(page, chinese).does.logIn({ email: "ada@example.test", password });
      await loginScreen(page, chinese).sees.sentence("没有保存本网站的 Cookie");
      await page.getByRole("button", { name: "English" }).click();
      await loginScreen(page).sees.isHere();
      expect((await context.cookies()).filter(({ name }) => /-(?:language|theme)$/.test(name))).toEqual([]);
    });

    test("an invitation is not spent by a browser that keeps no cookies", async ({ page, context, house }) => {
      const { link, email } = await invite(house);
      await page.goto(link);
      await forget(context);
      await firstAccountScreen(page).does.choosePassword(password);
      await firstAccountScreen(page).sees.sentence(notKept);
      await firstAccountScreen(page).does.choosePassword(password);
      await accountScreen(page).sees.isHere();
      await expect(page.getByText(`Logged in as ${email}`)).toBeVisible();
    });
  });
}

test("nor is the link that makes the first administrator", async ({ page, context }) => {
  await withOwnPortal({}, async ({ setupLink }) => {
    ensure(setupLink, "a portal without accounts prints its set-up link");
    await page.goto(setupLink);
    await forget(context);
    const setup = firstAccountScreen(page);
    await setup.does.createAccount({ email: "ada@example.test", username: "ada", secret: password });
    await setup.sees.sentence(notKept);
    await setup.does.createAccount({ email: "ada@example.test", username: "ada", secret: password });
    await expect(page).toHaveURL(/\/enrol$/);
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });
  test("the sentence is there too", async ({ page, context, person }) => {
    const grace = await person();
    await loginScreen(page, chinese).does.open();
    await forget(context);
    await loginScreen(page, chinese).does.logIn(grace);
    await loginScreen(page, chinese).sees.sentence("没有保存本网站的 Cookie");
  });
});
