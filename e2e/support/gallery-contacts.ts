import { expect } from "@playwright/test";
import { moveIn } from "@/e2e/support/house";
import { revertPath } from "@/e2e/support/links";
import { codeTo, someAddress, someNumber, wrongDigits } from "@/e2e/support/mailbox";
import { prove } from "@/e2e/support/proven";
import { guest, ledTo, type Screen, type Stage } from "@/e2e/support/stage";

/** Somebody at the page that waits for the code which went to a new login e-mail. */
async function atCode(stage: Stage): Promise<string> {
  await guest(stage, {});
  const { page } = stage;
  const next = someAddress();
  await page.goto("/security/contacts/login");
  await page.locator("input[name=destination]").fill(next);
  await page.locator("main button[type=submit]").first().click();
  await expect(page.locator("input[name=code]")).toBeVisible();
  return next;
}

/** Where somebody is reached, and what apps may call them. */
export const contactScreens: Readonly<Record<string, Screen>> = {
  contacts: async (stage) => {
    const { userId } = await guest(stage, {});
    await prove(stage.house, userId, "further");
    await stage.page.goto("/security/contacts");
  },
  "contacts-unconfirmed": async (stage) => {
    const { userId } = await guest(stage, {});
    await stage.house.sql("UPDATE users SET email_confirmed_at = NULL WHERE id = $1", [userId]);
    await stage.page.goto("/security/contacts");
  },
  "contacts-login": async (stage) => {
    await guest(stage, {});
    await stage.page.goto("/security/contacts/login");
  },
  "contacts-phone": async (stage) => {
    await guest(stage, {});
    await stage.page.goto("/security/contacts/phone");
  },
  "contacts-further": async (stage) => {
    await guest(stage, {});
    await stage.page.goto("/security/contacts/further");
  },
  "contacts-confirm": async (stage) => {
    const { userId } = await guest(stage, {});
    await stage.house.sql("UPDATE users SET email_confirmed_at = NULL WHERE id = $1", [userId]);
    await stage.page.goto("/security/contacts/confirm");
  },
  "contact-remove": async (stage) => {
    const { userId } = await guest(stage, { apps: 1 });
    await prove(stage.house, userId, "further");
    await stage.page.goto("/security/contacts");
    await stage.page.locator('main a[href^="/security/contacts/remove/"]').click();
    await expect(stage.page).toHaveURL(/\/remove\//);
  },
  "contact-remove-phone": async (stage) => {
    const { userId } = await guest(stage, { apps: 1 });
    await stage.house.sql("UPDATE users SET phone = $2 WHERE id = $1", [userId, someNumber()]);
    await stage.page.goto("/security/contacts/remove-phone");
  },
  "contacts-code": async (stage) => {
    await atCode(stage);
  },
  "contacts-code-wrong": async (stage) => {
    const code = await codeTo(stage.house, await atCode(stage));
    await stage.page.locator("input[name=code]").fill(wrongDigits(code));
    await stage.page.locator("main button[type=submit]").first().click();
    await expect(stage.page.locator("[aria-invalid=true]")).toBeVisible();
  },
  "revert-open": async (stage) => stage.page.goto(await revertPath(stage.house, await moveIn(stage.house))),
  "revert-over": ({ page }) => page.goto("/revert/rvt_over"),
  "revert-done": (stage) => ledTo(stage, "/revert/done?done=reverted"),
  profile: async (stage) => {
    await guest(stage, {});
    await stage.page.goto("/security/profile");
  },
};
