import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { secretOf } from "@/e2e/support/house";
import { manners } from "@/e2e/support/manners";

/** What is said of a browser that is trusted. */
const trustedUntil = /No second step is asked there until|之前，该浏览器无需第二步验证/;

/** A browser that is trusted, one that must not be remembered, and an account that its owner locks. */
for (const { manner, scripts, locale, words, say } of manners) {
  test.describe(manner, () => {
    test.use({ javaScriptEnabled: scripts, locale });

    test("a tick trusts the browser until its owner says otherwise, and logging out can forget it", async ({
      page,
      person,
    }) => {
      const ada = await person({ apps: 1 });
      const [login, challenge] = [loginScreen(page, words), challengeScreen(page, words)];
      const account = accountScreen(page, words);
      await login.does.open();
      await login.does.logIn(ada);
      await challenge.sees.isHere();
      await page.getByLabel(say("challenge.trust_label", { days: 14 })).check();
      await challenge.does.answer(codeNow(secretOf(ada)), { scripts });
      await account.sees.isHere();

      await account.does.logOut();
      await login.does.logIn(ada);
      await account.sees.isHere();
      await page.goto("/security/devices");
      await expect(page.getByText(trustedUntil)).toBeVisible();
      await page
        .getByRole("main")
        .getByRole("link", { name: say("devices.change_link") })
        .click();
      await page.getByLabel(say("devices.label_label")).fill("Kitchen");
      await page.getByRole("button", { name: say("devices.rename_button") }).click();
      await page.getByRole("link", { name: say("devices.change_label", { name: "Kitchen" }) }).click();
      await page.getByRole("button", { name: say("devices.untrust_button") }).click();
      await account.sees.notice(say("devices.untrusted"));
      await expect(page.getByText(say("devices.trusted_label"), { exact: true })).toHaveCount(0);

      await account.does.logOut();
      await page.getByRole("button", { name: say("devices.forget_button") }).click();
      await expect(page.getByText(say("login.browser_forgotten"))).toBeVisible();
      await login.does.logIn(ada);
      await challenge.sees.isHere();
    });

    test("a computer that others use keeps nothing, and whoever locks the account is out at once", async ({
      page,
      person,
      house,
    }) => {
      const ada = await person();
      const login = loginScreen(page, words);
      await login.does.open();
      await page.getByLabel(say("login.shared_label")).check();
      await login.does.logIn(ada);
      await accountScreen(page, words).sees.isHere();
      expect(await house.sql("SELECT 1 FROM devices WHERE user_id = $1", [ada.userId])).toEqual([]);
      expect(await house.sql("SELECT is_shared FROM sessions WHERE user_id = $1", [ada.userId])).toEqual([
        { is_shared: true },
      ]);

      await page.getByRole("link", { name: say("lock.link") }).click();
      await page.getByRole("button", { name: say("lock.button") }).click();
      await accountScreen(page).sees.note(say("lock.done", { way: "letter", old: "no" }));
      await login.does.logIn(ada);
      await login.sees.refusal(ada.email);
    });
  });
}
