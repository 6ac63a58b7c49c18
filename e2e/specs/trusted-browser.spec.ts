import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { secretOf } from "@/e2e/support/house";

/** With scripts and without: a browser that is trusted, one that must not be remembered, and an account that its owner locks. */
for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("a tick trusts the browser until its owner says otherwise, and logging out can forget it", async ({
      page,
      person,
    }) => {
      const ada = await person({ apps: 1 });
      const [login, challenge, account] = [loginScreen(page), challengeScreen(page), accountScreen(page)];
      await login.does.open();
      await login.does.logIn(ada);
      await challenge.sees.isHere();
      await page.getByLabel("Don’t ask for a second step on this browser for 14 days").check();
      await challenge.does.answer(codeNow(secretOf(ada)), { scripts });
      await account.sees.isHere();

      await account.does.logOut();
      await login.does.logIn(ada);
      await account.sees.isHere();
      await page.goto("/security/devices");
      await expect(page.getByText(/No second step is asked there until/)).toBeVisible();
      await page.getByRole("link", { name: /^Change / }).click();
      await page.getByLabel("Your name for it").fill("Kitchen");
      await page.getByRole("button", { name: "Save the name" }).click();
      await page.getByRole("link", { name: "Change Kitchen" }).click();
      await page.getByRole("button", { name: "Ask for the second step again" }).click();
      await expect(page.getByRole("status").filter({ hasText: "That browser is trusted no more." })).toBeVisible();
      await expect(page.getByText("Trusted", { exact: true })).toHaveCount(0);

      await account.does.logOut();
      await page.getByRole("button", { name: "Forget this browser" }).click();
      await expect(page.getByText("this browser is a stranger to your account")).toBeVisible();
      await login.does.logIn(ada);
      await challenge.sees.isHere();
    });

    test("a computer that others use keeps nothing, and whoever locks the account is out at once", async ({
      page,
      person,
      house,
    }) => {
      const ada = await person();
      const login = loginScreen(page);
      await login.does.open();
      await page.getByLabel("Others use this computer too").check();
      await login.does.logIn(ada);
      await accountScreen(page).sees.isHere();
      expect(await house.sql("SELECT 1 FROM devices WHERE user_id = $1", [ada.userId])).toEqual([]);
      expect(await house.sql("SELECT is_shared FROM sessions WHERE user_id = $1", [ada.userId])).toEqual([
        { is_shared: true },
      ]);

      await page.getByRole("link", { name: "Lock my account" }).click();
      await page.getByRole("button", { name: "Lock my account" }).click();
      await expect(page.getByRole("status").filter({ hasText: "Your account is locked." })).toBeVisible();
      await login.does.logIn(ada);
      await login.sees.refusal(ada.email);
    });
  });
}
