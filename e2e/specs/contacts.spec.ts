import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { cookieLine } from "@/e2e/support/cookies";
import { openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import type { House, Resident } from "@/e2e/support/house";
import { ask } from "@/e2e/support/http";
import { codeTo, lettersTo, someAddress, someNumber } from "@/e2e/support/mailbox";
import { manners } from "@/e2e/support/manners";
import { prove } from "@/e2e/support/proven";
import { settle } from "@/e2e/support/settled";
import { maskEmail } from "@/lib/kernel/mask";

/** As if their browser was known for long, and they had just proven who they are: nothing waits then. */
async function asAtHome(house: House, person: Resident): Promise<void> {
  await settle(house, person);
  await house.sql("UPDATE sessions SET proven_at = now() WHERE user_id = $1", [person.userId]);
}

/** Where a person is reached, and how a change of that is taken back. */
for (const { manner, scripts, locale, words, say } of manners) {
  test.describe(manner, () => {
    test.use({ javaScriptEnabled: scripts, locale });
    const follow = (page: Page, name: string) => page.getByRole("link", { name }).click();
    const press = (page: Page, name: string) => page.getByRole("button", { name }).click();

    /** Types where a code shall go. */
    async function send(page: Page, label: string, to: string): Promise<void> {
      await page.getByLabel(label, { exact: true }).fill(to);
      await press(page, words.sendCode);
    }

    /** Types the code that arrived there. */
    async function typeCode(page: Page, code: string): Promise<void> {
      await page.getByLabel(words.code, { exact: true }).fill(code);
      await press(page, say("contacts.save_button"));
    }

    test("the login e-mail is changed by a code to the new one, and taken back from the old mailbox, signed out", async ({
      page,
      context,
      guest,
      house,
    }) => {
      const ada = await guest({ apps: 1 });
      const other = await openSessionOf(house, ada);
      await asAtHome(house, ada);
      const next = someAddress();
      await page.goto("/security");
      const card = page.getByRole("region", { name: say("contacts.page_title") });
      await card.getByRole("link", { name: say("contacts.manage_link") }).click();
      await follow(page, say("contacts.change_link"));
      await send(page, words.address, next);
      await typeCode(page, await codeTo(house, next));
      await accountScreen(page).sees.notice(say("contacts.done_email", { count: 1 }));
      await expect(page.getByRole("region", { name: say("contacts.login_title") }).getByText(next)).toBeVisible();
      const cookie = cookieLine(house.url, "session", other.cookie);
      expect((await context.request.get("/security", { headers: { cookie }, maxRedirects: 0 })).status()).toBe(307);

      const told = async () =>
        (await lettersTo(house, ada.email)).flatMap(({ text }) => text.match(/\/revert\/\S+/) ?? []);
      await expect.poll(async () => (await told()).length).toBe(1);
      const [path = ""] = await told();
      await context.clearCookies();
      for (const method of ["GET", "HEAD"]) expect((await ask(house.url, path, { method })).status).toBe(200);
      await page.goto(path);
      await expect(page.getByText(ada.email)).toHaveCount(0);
      await press(page, say("revert.button"));
      await expect(page.getByRole("heading", { level: 1, name: say("revert.done_title") })).toBeVisible();
      expect(await house.sql("SELECT email, password_hash FROM users WHERE id = $1", [ada.userId])).toEqual([
        { email: ada.email, password_hash: null },
      ]);
      expect(await house.sql("SELECT 1 FROM sessions WHERE user_id = $1", [ada.userId])).toEqual([]);
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1, name: say("revert.used_title") })).toBeVisible();
    });

    test("a second mailbox is told once it is proven, and a week after it was removed; what is on the way is asked first", async ({
      page,
      guest,
      house,
    }) => {
      const ada = await guest();
      await asAtHome(house, ada);
      const further = someAddress();
      await page.goto("/security/contacts");
      await follow(page, say("contacts.add_link"));
      await send(page, words.address, ada.email);
      await accountScreen(page).sees.sentence(say("contacts.is_login"));
      await send(page, words.address, further);
      await typeCode(page, await codeTo(house, further));
      await accountScreen(page).sees.notice(say("contacts.done_further"));
      await follow(page, say("contacts.remove_label", { address: further }));
      const question = say("contacts.remove_title", { address: further });
      await expect(page.getByRole("heading", { level: 1, name: question })).toBeVisible();
      await press(page, say("contacts.remove_button"));
      await accountScreen(page).sees.notice(say("contacts.done_removed"));
      await expect.poll(async () => (await lettersTo(house, further)).length).toBe(3);
      await page.goto("/security/activity");
      await follow(page, say("activity.filter_letters_label"));
      await expect(page.getByText(maskEmail(further))).toHaveCount(3);
    });

    test("in a browser of today each change of what is there waits, and every page says so", async ({
      page,
      guest,
      house,
    }) => {
      const ada = await guest({ apps: 1 });
      const [number, next, email] = [someNumber(), someNumber(), someAddress()];
      await house.sql("UPDATE users SET phone = $2 WHERE id = $1", [ada.userId, number]);
      const further = await prove(house, ada.userId, "further");
      await page.goto("/security/contacts");
      await follow(page, say("contacts.remove_label", { address: further }));
      await press(page, say("contacts.remove_button"));
      const waits = say("pending.asked", { hours: 24, told: "yes" });
      await accountScreen(page).sees.notice(waits);
      await page.goto("/security/contacts/phone");
      await send(page, words.number, next);
      await typeCode(page, await codeTo(house, next));
      await accountScreen(page).sees.notice(waits);
      await page.goto("/security/contacts/login");
      await send(page, words.address, email);
      await typeCode(page, await codeTo(house, email));
      const waiting = [
        "pending.contact_remove_name",
        "pending.contact_change_name",
        "pending.email_change_name",
      ] as const;
      for (const name of waiting)
        await expect(page.getByRole("link", { name: say("pending.stop_label", { change: say(name) }) })).toBeVisible();
      expect(await house.sql("SELECT email, phone FROM users WHERE id = $1", [ada.userId])).toEqual([
        { email: ada.email, phone: number },
      ]);
    });

    test("a login e-mail that nobody confirmed asks for it on every page until its code is typed", async ({
      page,
      guest,
      house,
    }) => {
      const ada = await guest();
      await house.sql("UPDATE users SET email_confirmed_at = NULL WHERE id = $1", [ada.userId]);
      await page.goto("/security/password");
      const confirm = say("contacts.confirm_link");
      await page.getByRole("note").getByRole("link", { name: confirm }).click();
      await press(page, words.sendCode);
      await typeCode(page, await codeTo(house, ada.email));
      await accountScreen(page).sees.notice(say("contacts.done_confirm"));
      await expect(page.getByRole("link", { name: confirm })).toHaveCount(0);
    });

    test("the number to log in with is changed and then removed, and the one before hears of both", async ({
      page,
      guest,
      house,
    }) => {
      const ada = await guest({ apps: 1 });
      await asAtHome(house, ada);
      const [first, next] = [someNumber(), someNumber()];
      await house.sql("UPDATE users SET phone = $2, proven_phone = $2, phone_proven_at = now() WHERE id = $1", [
        ada.userId,
        first,
      ]);
      await page.goto("/security/contacts");
      await follow(page, say("contacts.phone_change_link"));
      await send(page, words.number, next);
      await typeCode(page, await codeTo(house, next));
      await accountScreen(page).sees.notice(say("contacts.done_phone"));
      await follow(page, say("contacts.phone_remove_link"));
      const question = say("contacts.remove_phone_title", { phone: next });
      await expect(page.getByRole("heading", { level: 1, name: question })).toBeVisible();
      await press(page, say("contacts.remove_button"));
      await accountScreen(page).sees.notice(say("contacts.done_phone_removed"));
      expect(await house.sql("SELECT phone FROM users WHERE id = $1", [ada.userId])).toEqual([{ phone: null }]);
      await expect.poll(async () => (await lettersTo(house, first)).length).toBe(2);
    });

    test("name, picture and user name are kept; a wrong picture is said beside its field", async ({
      page,
      guest,
      house,
    }) => {
      const ada = await guest();
      await page.goto("/security/profile");
      const nickname = page.getByLabel(say("profile.nickname_label"), { exact: false });
      const photo = page.getByLabel(say("profile.photo_label"), { exact: false });
      await nickname.fill("Countess");
      await photo.fill("http://example.test/a.png");
      await page.getByRole("button", { name: say("profile.save_button"), exact: true }).click();
      await accountScreen(page).sees.sentence(say("account.bad_photo"));
      await photo.fill("https://example.test/a.png");
      await page.getByRole("button", { name: say("profile.save_button"), exact: true }).click();
      await accountScreen(page).sees.notice(say("profile.saved"));
      await expect(nickname).toHaveValue("Countess");
      const username = `countess-${house.ctx.random.bytes(4).toString("hex")}`;
      const field = page.getByRole("textbox", { name: say("profile.username_label") });
      await field.fill(username);
      await press(page, say("profile.username_button"));
      await accountScreen(page).sees.notice(say("profile.done_username"));
      await expect(field).toHaveValue(username);
      expect(await house.sql("SELECT username FROM users WHERE id = $1", [ada.userId])).toEqual([{ username }]);
    });
  });
}
