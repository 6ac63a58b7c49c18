import { accountScreen } from "@/e2e/screens/account";
import { cookieLine } from "@/e2e/support/cookies";
import { openAppSessionOf, openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import type { House, Resident } from "@/e2e/support/house";
import { someAddress } from "@/e2e/support/mailbox";
import { manners } from "@/e2e/support/manners";
import { addNoticeAddress } from "@/lib/account/contacts/notice-address";
import { inTransaction } from "@/lib/context/context";
import { askForChange } from "@/lib/pending/ask-for-change";
import { openSessionFor } from "@/lib/testing/test-context";

const deviceOf = async (house: House, sessionId: string): Promise<unknown> =>
  (await house.sql("SELECT device_id FROM sessions WHERE id = $1", [sessionId]))[0]?.device_id;

/** Since when a login lasts, until when, and by which proofs. */
const lasting = /(?:Began .+, ends .+ at the latest\. Proven with: .+\.|开始：.+；最迟结束：.+。\s?验证方式：.+。)/;

/** What a person sees of their logins, browsers and activity, and what they end. */
for (const { manner, scripts, locale, say } of manners) {
  test.describe(manner, () => {
    test.use({ javaScriptEnabled: scripts, locale });

    test("another login is seen, ended, and refused at its very next request", async ({
      page,
      context,
      guest,
      house,
    }) => {
      const ada = await guest({ apps: 1 });
      const other = await openSessionOf(house, ada);
      await page.goto("/security");
      await page
        .getByRole("region", { name: say("sessions.page_title") })
        .getByRole("link", { name: say("sessions.manage_link") })
        .click();
      await expect(page.getByText(say("sessions.this_label"), { exact: true })).toHaveCount(1);
      await expect(page.getByText(lasting)).toHaveCount(2);
      await page
        .getByRole("link", { name: say("sessions.look_link") })
        .nth(1)
        .click();
      await page.getByRole("button", { name: say("sessions.end_button") }).click();
      await accountScreen(page).sees.notice(say("sessions.ended_one"));
      const cookie = cookieLine(house.url, "session", other.cookie);
      const answer = await context.request.get("/security", { headers: { cookie }, maxRedirects: 0 });
      expect(answer.status()).toBe(307);
    });

    test("an app is withdrawn, another browser forgotten, and all others, each after a question", async ({
      page,
      guest,
      house,
    }) => {
      const ada = await guest({ apps: 1 });
      const { app, name } = await openAppSessionOf(house, ada);
      const kitchen = { name: "Kitchen" };
      const [other] = await house.sql(
        "UPDATE devices SET label = 'Kitchen' WHERE user_id = $1 AND id <> $2 RETURNING id",
        [ada.userId, await deviceOf(house, ada.session.id)],
      );
      await page.goto("/security/sessions");
      await page.getByRole("link", { name: say("sessions.withdraw_label", { name }) }).click();
      await expect(
        page.getByRole("heading", { level: 1, name: say("sessions.withdraw_title", { name }) }),
      ).toBeVisible();
      await page.getByRole("button", { name: say("sessions.withdraw_button") }).click();
      await accountScreen(page).sees.notice(say("sessions.ended_app", { count: 1 }));
      expect(await house.sql("SELECT 1 FROM sessions WHERE client_id = $1", [app])).toEqual([]);

      await page.goto("/security/devices");
      await page.getByRole("link", { name: say("devices.forget_label", kitchen) }).click();
      await expect(page.getByRole("heading", { level: 1, name: say("devices.forget_title", kitchen) })).toBeVisible();
      await page.getByRole("button", { name: say("devices.forget_button") }).click();
      await accountScreen(page).sees.notice(say("devices.forgotten_one"));
      expect(await house.sql("SELECT 1 FROM devices WHERE id = $1", [other?.id])).toEqual([]);
      await expect(page.getByText(say("sessions.this_label"), { exact: true })).toHaveCount(1);

      await openSessionOf(house, ada);
      await page.reload();
      await page.getByRole("link", { name: say("devices.others_link") }).click();
      await expect(page.getByRole("heading", { level: 1, name: say("devices.others_title") })).toBeVisible();
      await page.getByRole("button", { name: say("devices.others_button") }).click();
      await accountScreen(page).sees.notice(say("devices.forgotten_others", { count: 1 }));
    });

    test("all others end with one answer to a question, and their number is told", async ({ page, guest, house }) => {
      const ada = await guest({ apps: 1 });
      await openSessionOf(house, ada);
      await openSessionOf(house, ada);
      await page.goto("/security/sessions");
      await page.getByRole("link", { name: say("sessions.others_link") }).click();
      const question = say("sessions.others_question_title", { count: 2 });
      await expect(page.getByRole("heading", { level: 1, name: question })).toBeVisible();
      await page.getByRole("button", { name: say("sessions.others_button") }).click();
      await accountScreen(page).sees.notice(say("sessions.ended_others", { count: 2 }));
      expect(await house.sql("SELECT id FROM sessions WHERE user_id = $1", [ada.userId])).toEqual([
        { id: ada.session.id },
      ]);
    });

    test("whoever is logged in here only is offered no end of other logins, and reads what is true when the others have gone meanwhile", async ({
      page,
      guest,
      house,
    }) => {
      const ada = await guest({ apps: 1 });
      await page.goto("/security/sessions/others");
      await expect(page).toHaveURL("/security/sessions");
      await expect(page.getByText(say("sessions.others_none"))).toBeVisible();
      await expect(page.getByRole("link", { name: say("sessions.others_link") })).toHaveCount(0);
      const other = await openSessionOf(house, ada);
      await page.goto("/security/sessions/others");
      await house.sql("DELETE FROM sessions WHERE id = $1", [other.id]);
      await page.getByRole("button", { name: say("sessions.others_button") }).click();
      await accountScreen(page).sees.notice(say("sessions.ended_others", { count: 0 }));
    });

    test("a login that was somebody else's is disowned, and the next page is the password's", async ({
      page,
      guest,
      house,
    }) => {
      const ada = await guest({ apps: 1 });
      for (const [isOver, login] of [
        [false, "ended"],
        [true, "over"],
      ] as const) {
        const other = await openSessionOf(house, ada);
        if (isOver) await house.sql("DELETE FROM sessions WHERE id = $1", [other.id]);
        await page.goto("/security/activity");
        await page
          .getByRole("button", { name: say("activity.not_me_button") })
          .first()
          .click();
        await expect(page.getByText(say("activity.not_me_done", { login, browser: "forgotten" }))).toBeVisible();
        expect(await house.sql("SELECT 1 FROM sessions WHERE id = $1", [other.id])).toEqual([]);
      }
    });
  });
}

/** What somebody else has (a login, an app, a browser, a factor, a change that waits, a further address), by the pages that show each to its owner. */
async function theirs(house: House, stranger: Resident): Promise<Readonly<Record<string, string>>> {
  const { app } = await openAppSessionOf(house, stranger);
  const { actor } = await openSessionFor(house.ctx, stranger);
  await askForChange(house.ctx, actor, "data.download", {});
  await inTransaction(house.ctx, (tx) => addNoticeAddress(tx, { actor, address: someAddress() }));
  const idIn = async (table: string) =>
    String((await house.sql(`SELECT id FROM ${table} WHERE user_id = $1`, [stranger.userId]))[0]?.id);
  const [device, factor] = [await idIn("devices"), await idIn("factors")];
  return {
    "/security/sessions/ID": actor.sessionId,
    "/security/sessions/apps/ID": app,
    "/security/devices/ID": device,
    "/security/devices/ID/forget": device,
    "/security/factors/ID": factor,
    "/security/factors/ID/remove": factor,
    "/security/waiting/ID": await idIn("pending_changes"),
    "/security/contacts/remove/ID": await idIn("notice_addresses"),
  };
}

test("what is somebody else's reads like what nobody has: not found, to the last letter", async ({
  page,
  context,
  guest,
  person,
  house,
}) => {
  await guest({ apps: 1 });
  const bodyOf = async (path: string, id: string) => {
    const answer = await context.request.get(path.replace("ID", id), { maxRedirects: 0 });
    const html = (await answer.text()).replaceAll(id, "ID").replaceAll(/nonce(?:=|\\?":\\?)"[^"]*"/g, "nonce");
    return { status: answer.status(), html };
  };
  for (const [path, id] of Object.entries(await theirs(house, await person({ apps: 1 })))) {
    const [foreign, nobodys] = [await bodyOf(path, id), await bodyOf(path, house.ctx.random.id())];
    expect(foreign.status, path).toBe(404);
    expect(foreign, path).toEqual(nobodys);
  }
  for (const path of ["sessions/apps/shop", "sessions/%00"])
    expect((await page.goto(`/security/${path}`))?.status(), path).toBe(404);
});
