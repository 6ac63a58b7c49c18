import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { resetScreen } from "@/e2e/screens/reset";
import { chinese, english } from "@/e2e/screens/words";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { letCodesBeFresh, secretOf } from "@/e2e/support/house";
import { lettersTo, resetPathTo } from "@/e2e/support/mailbox";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { userNameOf } from "@/e2e/support/password-managers";

const password = "nine calm otters under a bridge";

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("somebody forgets the password, gets the letter, confirms that it is them, sets a new one, and is in without a second code", async ({
      page,
      house,
      person,
      anotherBrowser,
    }) => {
      const grace = await person({ apps: 1, codes: true });
      const reset = resetScreen(page);
      await loginScreen(page).does.open();
      await page.getByRole("link", { name: english.forgot }).click();
      await reset.does.ask(grace.email);
      await reset.sees.asked();
      const path = await resetPathTo(house, grace.email);
      await page.goto(path);
      await reset.sees.isOpen();
      await reset.does.goOn();
      await challengeScreen(page).does.answer(codeNow(secretOf(grace)), { scripts });
      await reset.sees.choose();
      expect(await userNameOf(page)).toEqual([grace.email]);
      await reset.does.choose("short");
      await expect(page.getByRole("alert").filter({ hasText: "15" })).toBeVisible();
      await page.getByRole("checkbox", { name: "All recovery codes" }).check();
      await reset.does.choose(password);
      await reset.sees.isSet();
      expect(await house.sql("SELECT 1 FROM recovery_codes WHERE user_id = $1", [grace.userId])).toEqual([]);
      await loginScreen(page).does.logIn({ email: grace.email, password });
      await accountScreen(page).sees.isHere();
      const elsewhere = await (await anotherBrowser()).newPage();
      await elsewhere.goto(path);
      await resetScreen(elsewhere).sees.over();
      await letCodesBeFresh(house, grace);
      await loginScreen(elsewhere).does.open();
      await loginScreen(elsewhere).does.logIn({ email: grace.email, password });
      await challengeScreen(elsewhere).sees.isHere();
      const subjects = async () => (await lettersTo(house, grace.email)).map(({ subject }) => subject);
      await expect.poll(subjects).toContain("A new password was set for your account");
    });
  });
}

test("somebody without a factor, in Chinese: the letter is enough; a name that nobody has gets the same answer and no letter", async ({
  anotherBrowser,
  house,
  person,
}) => {
  const ada = await person();
  const page = await (await anotherBrowser({ locale: "zh-CN" })).newPage();
  const reset = resetScreen(page, chinese);
  await reset.does.open();
  await reset.does.ask("nobody@example.test");
  await reset.sees.asked();
  await reset.does.open();
  await reset.does.ask(ada.email);
  await reset.sees.asked();
  await page.goto(await resetPathTo(house, ada.email));
  await reset.does.goOn();
  await reset.does.choose(password);
  await reset.sees.isSet();
  await loginScreen(page, chinese).does.logIn({ email: ada.email, password });
  await accountScreen(page, chinese).sees.isHere();
  expect(await lettersTo(house, "nobody@example.test")).toEqual([]);
});

test("a portal that sends no mail says so before anybody types, in both languages and without scripts, and offers no letter to whoever waits", async ({
  browser,
}) => {
  const settings = { MAIL_CHANNEL: "off", REGISTRATION: "closed", SECOND_FACTOR_KINDS: "totp,sms" };
  await withOwnPortal({ settings }, async ({ url }) => {
    for (const [locale, sentence] of [
      ["en-GB", "This portal sends no email"],
      ["zh-CN", "此门户不发送邮件"],
    ] as const) {
      const context = await browser.newContext({ baseURL: url, locale, javaScriptEnabled: false });
      const page = await context.newPage();
      for (const path of ["/forgot-password", "/forgot-password?sent=1", "/unlock", "/unlock/code"]) {
        await page.goto(path);
        await expect(page.getByRole("main").getByText(sentence), path).toBeVisible();
        expect(await page.getByRole("main").getByRole("textbox").count(), path).toBe(0);
      }
      await context.close();
    }
    const page = await (await browser.newContext({ baseURL: url, javaScriptEnabled: false })).newPage();
    const login = loginScreen(page);
    await login.does.open();
    for (let guess = 0; guess < 6; guess += 1) await login.does.logIn({ email: "ada@example.test", password: "no" });
    await login.sees.sentence("There were too many tries");
    await expect(page.getByRole("link", { name: "Log in without waiting, by email" })).toHaveCount(0);
    await page.context().close();
  });
});
