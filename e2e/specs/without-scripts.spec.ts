import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { loginScreen } from "@/e2e/screens/login";
import { english } from "@/e2e/screens/words";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { invite, secretOf } from "@/e2e/support/house";
import { walkTheMainPath } from "@/e2e/support/main-path";
import { elevenMinutesAgo } from "@/e2e/support/settled";

test.use({ javaScriptEnabled: false });

test("the main path, from the invitation to the spent recovery code", async ({ page, house }) => {
  await walkTheMainPath(page, { ...(await invite(house)), words: english, scripts: false });
});

test("after a logout the login says so, and no longer after the next try", async ({ page, guest }) => {
  const ada = await guest();
  await accountScreen(page).does.open();
  await accountScreen(page).does.logOut();
  await expect(page.getByText("You are logged out.")).toBeVisible();
  await loginScreen(page).does.logIn({ ...ada, password: "not the password at all" });
  await loginScreen(page).sees.refusal(ada.email);
  await expect(page.getByText("You are logged out.")).toHaveCount(0);
});

test("password change, step-up and the number of other sessions", async ({ page, guest, house }) => {
  const grace = await guest({ apps: 1 });
  await elevenMinutesAgo(house, grace.session.id);
  await page.goto("/security/password");
  const challenge = challengeScreen(page);
  await challenge.does.goOn();
  await challenge.does.sendCode(wrongCode(secretOf(grace)));
  await challenge.sees.wrongCode();
  await challenge.does.sendCode(codeNow(secretOf(grace)));
  const account = accountScreen(page);
  await account.does.changePassword("not the password at all", "nine calm otters under a bridge");
  await account.sees.sentence("That is not your current password.");
  await account.does.changePassword(grace.password, "nine calm otters under a bridge");
  await account.sees.notice("Your password is changed. You were logged in nowhere else.");
});

test("rename, replace, cancel, remove", async ({ page, guest }) => {
  const alan = await guest({ apps: 2 });
  const account = accountScreen(page);
  await account.does.open(`/security/factors/${alan.factorIds[0]}`);
  await page.getByRole("textbox", { name: "Name" }).fill("Desk");
  await page.getByRole("button", { name: "Save name" }).click();
  await account.sees.notice("The name is saved.");
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Desk");
  await page.getByRole("button", { name: "Replace" }).click();
  const enrolment = enrolmentScreen(page);
  await enrolment.sees.isHere();
  await enrolment.does.cancel();
  await account.sees.isHere();
  await page.getByRole("link", { name: "Manage Desk" }).click();
  await page.getByRole("link", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  await account.sees.notice("The second factor is removed.");
});

test("new recovery codes, as text and as a file", async ({ page, guest }) => {
  await guest({ apps: 1, codes: true });
  const account = accountScreen(page);
  await account.does.open("/security/recovery-codes");
  await account.does.makeCodes();
  await codesScreen(page).sees.codes(10);
  await expect(page.getByRole("link", { name: "Download" })).toHaveAttribute(
    "href",
    /^data:text\/plain;charset=utf-8,/,
  );
  await expect(page.getByRole("button", { name: /Copy|Print/ })).toHaveCount(0);
  await codesScreen(page).does.save();
  await account.sees.notice("Your recovery codes are ready");
});

test("cancelling, expiry and choosing another way", async ({ page, person, house }) => {
  const katherine = await person({ apps: 1, codes: true });
  const login = loginScreen(page);
  const challenge = challengeScreen(page);
  await login.does.open();
  await login.does.logIn(katherine);
  await expect(page.getByRole("timer")).toHaveText(/^This step is open until /);
  await challenge.does.chooseAnotherWay();
  await challenge.does.cancel();
  await login.does.logIn(katherine);
  await challenge.sees.isHere();
  await house.sql("UPDATE challenges SET expires_at = now() - interval '1 second' WHERE user_id = $1", [
    katherine.userId,
  ]);
  await challenge.does.sendCode(codeNow(secretOf(katherine)));
  await challenge.sees.expired();
});

test("language and appearance are buttons that post, and a reload posts nothing", async ({ page }) => {
  await page.goto("/login?returnTo=%2Fsecurity%2Fpassword");
  await page.getByRole("button", { name: "简体中文" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
  await expect(page).toHaveURL(/\/login\?returnTo=%2Fsecurity%2Fpassword$/);
  await page.getByRole("button", { name: "深色" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "登录" })).toBeVisible();
});
