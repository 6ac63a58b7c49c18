import { cookieLine } from "@/e2e/support/cookies";
import { openAppSessionOf, openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import type { House, Resident } from "@/e2e/support/house";
import { someAddress } from "@/e2e/support/mailbox";
import { addNoticeAddress } from "@/lib/account/contacts/notice-address";
import { inTransaction } from "@/lib/context/context";
import { askForChange } from "@/lib/pending/ask-for-change";
import { openSessionFor } from "@/lib/testing/test-context";

const deviceOf = async (house: House, sessionId: string): Promise<unknown> =>
  (await house.sql("SELECT device_id FROM sessions WHERE id = $1", [sessionId]))[0]?.device_id;

/** With scripts and without: what a person sees of their logins, browsers and activity, and what they end. */
for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

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
        .getByRole("region", { name: "Where you are logged in" })
        .getByRole("link", { name: "See where" })
        .click();
      await expect(page.getByText("This one", { exact: true })).toHaveCount(1);
      await expect(page.getByText(/Began .+, ends .+ at the latest\. Proven with: .+\./)).toHaveCount(2);
      await page
        .getByRole("link", { name: /^Details/ })
        .nth(1)
        .click();
      await page.getByRole("button", { name: "End this login" }).click();
      await expect(page.getByRole("status").filter({ hasText: "That login is ended." })).toBeVisible();
      const cookie = cookieLine(house.url, "session", other.cookie);
      const answer = await context.request.get("/security", { headers: { cookie }, maxRedirects: 0 });
      expect(answer.status()).toBe(307);
    });

    test("an app is withdrawn, and another browser forgotten, each after a question", async ({
      page,
      guest,
      house,
    }) => {
      const ada = await guest({ apps: 1 });
      const { app, name } = await openAppSessionOf(house, ada);
      const [other] = await house.sql(
        "UPDATE devices SET label = 'Kitchen' WHERE user_id = $1 AND id <> $2 RETURNING id",
        [ada.userId, await deviceOf(house, ada.session.id)],
      );
      await page.goto("/security/sessions");
      await page.getByRole("link", { name: `Log out of ${name}` }).click();
      await expect(page.getByRole("heading", { level: 1, name: `Log out of ${name}?` })).toBeVisible();
      await page.getByRole("button", { name: "Log out of this app" }).click();
      await expect(page.getByRole("status").filter({ hasText: "One login is ended." })).toBeVisible();
      expect(await house.sql("SELECT 1 FROM sessions WHERE client_id = $1", [app])).toEqual([]);

      await page.goto("/security/devices");
      await page.getByRole("link", { name: "Forget Kitchen" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Forget Kitchen?" })).toBeVisible();
      await page.getByRole("button", { name: "Forget this browser" }).click();
      await expect(page.getByRole("status").filter({ hasText: "That browser is forgotten." })).toBeVisible();
      expect(await house.sql("SELECT 1 FROM devices WHERE id = $1", [other?.id])).toEqual([]);
      await expect(page.getByText("This one", { exact: true })).toHaveCount(1);
    });

    test("all others end with one answer to a question, and their number is told", async ({ page, guest, house }) => {
      const ada = await guest({ apps: 1 });
      await openSessionOf(house, ada);
      await openSessionOf(house, ada);
      await page.goto("/security/sessions");
      await page.getByRole("link", { name: "Log out everywhere else" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Log out at 2 other places?" })).toBeVisible();
      await page.getByRole("button", { name: "Log out everywhere else" }).click();
      await expect(page.getByRole("status").filter({ hasText: "2 other logins are ended." })).toBeVisible();
      expect(await house.sql("SELECT id FROM sessions WHERE user_id = $1", [ada.userId])).toEqual([
        { id: ada.session.id },
      ]);
    });

    test("a login that was somebody else's is disowned, and the next page is the password's", async ({
      page,
      guest,
      house,
    }) => {
      const ada = await guest({ apps: 1 });
      for (const [isOver, said] of [
        [false, "That login is ended."],
        [true, "That login was over already."],
      ] as const) {
        const other = await openSessionOf(house, ada);
        if (isOver) await house.sql("DELETE FROM sessions WHERE id = $1", [other.id]);
        await page.goto("/security/activity");
        await page
          .getByRole("button", { name: /^This was not me/ })
          .first()
          .click();
        await expect(page.getByText(`${said} Its browser is known here no longer`)).toBeVisible();
        await expect(page.getByText("Change your password now")).toBeVisible();
        expect(await house.sql("SELECT 1 FROM sessions WHERE id = $1", [other.id])).toEqual([]);
      }
    });
  });
}

/** What somebody else has: a login, a browser, a change that waits, a further address. */
async function theirs(house: House, stranger: Resident): Promise<Readonly<Record<string, string>>> {
  const { actor } = await openSessionFor(house.ctx, stranger);
  await askForChange(house.ctx, actor, "data.download", {});
  await inTransaction(house.ctx, (tx) => addNoticeAddress(tx, { actor, address: someAddress() }));
  const idIn = async (table: string) =>
    String((await house.sql(`SELECT id FROM ${table} WHERE user_id = $1`, [stranger.userId]))[0]?.id);
  return {
    "/security/sessions/": actor.sessionId,
    "/security/devices/": await idIn("devices"),
    "/security/waiting/": await idIn("pending_changes"),
    "/security/contacts/remove/": await idIn("notice_addresses"),
  };
}

test("what is somebody else's reads like what nobody has: not found, to the last letter", async ({
  page,
  context,
  guest,
  person,
  house,
}) => {
  await guest();
  const bodyOf = async (path: string, id: string) => {
    const answer = await context.request.get(`${path}${id}`);
    const html = (await answer.text()).replaceAll(id, "ID").replaceAll(/nonce(?:=|\\?":\\?)"[^"]*"/g, "nonce");
    return { status: answer.status(), html };
  };
  for (const [path, id] of Object.entries(await theirs(house, await person()))) {
    const [foreign, nobodys] = [await bodyOf(path, id), await bodyOf(path, house.ctx.random.id())];
    expect(foreign.status, path).toBe(404);
    expect(foreign, path).toEqual(nobodys);
  }
  for (const path of ["sessions/apps/shop", "sessions/%00"])
    expect((await page.goto(`/security/${path}`))?.status(), path).toBe(404);
});
