import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { alarmScreen } from "@/e2e/screens/alarm";
import { raiseAlarm } from "@/e2e/support/alarm";
import { expect, test } from "@/e2e/support/fixtures";
import { moveIn } from "@/e2e/support/house";

const next = "nine calm otters under a bridge";
const claims = [
  ...["/security?done=password&ended=3", "/security?done=removed&ended=1", "/security/contacts?done=login&ended=2"],
  ...["/security/devices?done=devices&ended=4", "/security/sessions?done=others&ended=2", "/security/data?done=waits"],
  ...["/security/profile?done=username", "/security/password?done=not-me&ended=over&out=forgotten"],
];
const outside = [
  "/login?out=forgotten",
  "/login?locked=letter",
  "/login?over=1",
  "/login?reset=1",
  "/login?unlocked=1",
  "/forgot-password?sent=1",
];

/** Nothing on the page tells of anything that was done. */
async function saysNothing(page: Page, path: string) {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  for (const role of ["status", "note"] as const)
    await expect(page.locator("main").getByRole(role).filter({ hasText: /./ })).toHaveCount(0);
  await expect(page.locator("main").getByRole("alert").filter({ hasText: /./ })).toHaveCount(0);
}

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("an address that somebody was sent claims nothing; the press itself is told, also reloaded and in another language", async ({
      page,
      guest,
    }) => {
      const ada = await guest();
      for (const path of claims) await saysNothing(page, path);
      const account = accountScreen(page);
      await account.does.open("/security/password");
      await account.does.changePassword(ada.password, next);
      await account.sees.notice("Your password is changed.");
      await page.reload();
      await account.sees.notice("Your password is changed.");
      await page.getByRole("button", { name: "简体中文" }).click();
      await expect(page.getByRole("main").getByRole("status").first()).toContainText("密码已更改");
      await page.getByRole("button", { name: "English" }).click();
      await account.sees.notice("Your password is changed.");
      await saysNothing(page, "/security?done=password&ended=30");
      await saysNothing(page, "/security/sessions?done=others&ended=2");
    });

    test("nobody is told that their account is closed, who did not close it", async ({ page, house }) => {
      for (const path of outside) await saysNothing(page, path);
      for (const path of ["/alarm/contained?done=letter", "/alarm/contained", "/revert/done?done=reverted"]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toHaveText("Did you press the button in our letter?");
      }
      await page.goto((await raiseAlarm(house, await moveIn(house))).path);
      await alarmScreen(page).does.sayNotMe();
      await alarmScreen(page).sees.contained();
      await page.reload();
      await alarmScreen(page).sees.contained();
    });
  });
}
