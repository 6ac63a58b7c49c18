import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import type { House, Resident } from "@/e2e/support/house";
import { lettersTo } from "@/e2e/support/mailbox";
import { manners } from "@/e2e/support/manners";
import { letItBeDue, settle } from "@/e2e/support/settled";

/** The address in the letter that says what waits; waits until it has left. */
async function vetoLink(house: House, { email }: Resident): Promise<string> {
  let link = "";
  const find = async () => {
    const letters = await lettersTo(house, email);
    link = letters.flatMap(({ text }) => text.match(/http\S+\/veto\/\S+/) ?? []).at(-1) ?? "";
    return link;
  };
  await expect.poll(find, { message: `${email} hears what waits` }).not.toBe("");
  return new URL(link).pathname;
}

const factorsOf = (house: House, { userId }: Resident) =>
  house.sql("SELECT 1 FROM factors WHERE user_id = $1", [userId]);

for (const { manner, scripts, locale, say } of manners) {
  test.describe(manner, () => {
    test.use({ javaScriptEnabled: scripts, locale });
    const press = (page: Page, name: string) => page.getByRole("button", { name }).click();

    /** What the top of every page says while `change` waits. */
    const waiting = (page: Page, change: string) => {
      const said = say("pending.banner_uncounted", { change, hours: 24, told: "yes" });
      return page.getByText(said.slice(0, said.indexOf(change) + change.length));
    };

    /** From any page of theirs on: to the question, and yes. */
    async function stop(page: Page, change: string): Promise<void> {
      await page.getByRole("link", { name: say("pending.stop_label", { change }) }).click();
      await expect(page.getByRole("heading", { level: 1, name: say("pending.stop_question_title") })).toBeVisible();
      await press(page, say("pending.stop_button"));
      await accountScreen(page).sees.notice(say("pending.stopped"));
      await expect(waiting(page, change)).toHaveCount(0);
    }

    test("removing the last strong factor waits, every page says so, and its owner stops it", async ({
      page,
      guest,
      house,
    }) => {
      const ada = await guest({ apps: 1 });
      const change = `${say("pending.factor_remove_name")} (Phone 1)`;
      await page.goto(`/security/factors/${ada.factorIds[0]}/remove`);
      await expect(page.getByText(say("pending.will_wait", { hours: 24, told: "yes" }))).toBeVisible();
      await press(page, say("factors.remove_button"));
      await accountScreen(page).sees.notice(say("pending.asked", { hours: 24, told: "yes" }));
      for (const path of ["/security/activity", "/security/password", "/security/data"]) {
        await page.goto(path);
        await expect(waiting(page, change)).toBeVisible();
      }
      await stop(page, change);
      expect(await factorsOf(house, ada)).toHaveLength(1);
    });

    test("on a settled device data is downloaded at once, elsewhere nothing comes before the wait is over", async ({
      page,
      context,
      guest,
      house,
    }) => {
      const hedy = await guest({ apps: 1 });
      const download = (file: string) => context.request.get(`/security/data/${file}`, { maxRedirects: 0 });
      await page.goto("/security/data");
      await press(page, say("data.ask_button"));
      await expect(waiting(page, say("pending.data_download_name"))).toBeVisible();
      expect((await download("account.json")).status()).toBe(307);
      await settle(house, hedy);
      await page.goto("/security/data");
      await press(page, say("data.ask_button"));
      await expect(page.getByRole("link", { name: say("data.json_link") })).toBeVisible();
      const json = await download("account.json");
      expect(json.headers()["content-disposition"]).toBe('attachment; filename="account.json"');
      expect(await json.json()).toMatchObject({ account: { email: hedy.email } });
      const csv = await download("activity.csv");
      expect(csv.headers()["content-type"]).toBe("text/csv; charset=utf-8");
      expect((await csv.text()).split("\r\n")[0]).toBe('"at","what","event","result","address","browser"');
      expect((await download("password.txt")).status()).toBe(404);
      await house.sql("UPDATE sessions SET proven_at = now() - interval '11 minutes' WHERE user_id = $1", [
        hedy.userId,
      ]);
      expect((await download("account.json")).headers().location).toContain("/challenge/start?for=data.download");
    });

    test("a new password without the current one waits, the account's end too, and both can be undone", async ({
      page,
      guest,
      house,
    }) => {
      const edsger = await guest({ apps: 1 });
      await page.goto("/security/password");
      await page.getByRole("link", { name: say("password.forgot_link") }).click();
      await page.getByLabel(say("password.new_label"), { exact: true }).fill("nine calm otters under a bridge");
      await press(page, say("password.set_button"));
      await expect(waiting(page, say("pending.password_set_name"))).toBeVisible();
      await page.goto("/security/data");
      await page.getByRole("link", { name: say("data.delete_link") }).click();
      await expect(page.getByRole("heading", { level: 1, name: say("data.delete_question_title") })).toBeVisible();
      await press(page, say("data.delete_button"));
      await stop(page, say("pending.account_delete_name"));
      await stop(page, say("pending.password_set_name"));
      const states = await house.sql("SELECT state FROM pending_changes WHERE user_id = $1", [edsger.userId]);
      expect(states).toEqual([{ state: "VETOED" }, { state: "VETOED" }]);
    });
  });
}

test("an app in the place of the only one works beside it until its going has waited, in a browser of today", async ({
  page,
  guest,
  house,
}) => {
  const edsger = await guest({ apps: 1, codes: true });
  const old = "SET created_at = created_at - interval '9 days'";
  await house.sql(`UPDATE users ${old} WHERE id = $1`, [edsger.userId]);
  await house.sql(`UPDATE factors ${old}, confirmed_at = confirmed_at - interval '9 days' WHERE user_id = $1`, [
    edsger.userId,
  ]);
  await page.goto(`/security/factors/${edsger.factorIds[0]}`);
  await page.getByRole("button", { name: "Replace" }).click();
  await expect(page.getByText("keeps working beside the new one for 24 hours")).toBeVisible();
  const enrolment = enrolmentScreen(page);
  await enrolment.does.confirm(codeNow(await enrolment.does.readSecret()));
  await accountScreen(page).sees.notice("The one before works beside it for 24 hours");
  await expect(page.getByText(/^Waiting: Remove a second factor \(Phone 1\)\./)).toBeVisible();
  expect(await factorsOf(house, edsger)).toHaveLength(2);
});

test("a letter’s link stops it in a browser that knows nobody, and only once its button is pressed", async ({
  page,
  guest,
  house,
  anotherBrowser,
}) => {
  const grace = await guest({ apps: 1 });
  await page.goto("/security/data/delete");
  await page.getByRole("button", { name: "Delete it in seven days" }).click();
  await expect(page.getByText(/^Waiting: Delete the account\./)).toBeVisible();
  const path = await vetoLink(house, grace);
  const [, { scripts: javaScriptEnabled, locale, say }] = manners;
  const elsewhere = await (await anotherBrowser({ javaScriptEnabled, locale })).newPage();
  for (let look = 0; look < 2; look += 1) {
    await elsewhere.goto(path);
    await expect(elsewhere.getByRole("heading", { level: 1, name: say("veto.page_title") })).toBeVisible();
  }
  await expect(elsewhere.getByText(grace.email)).toHaveCount(0);
  await elsewhere.getByRole("button", { name: say("veto.stop_button") }).click();
  await expect(elsewhere.getByRole("heading", { level: 1, name: say("veto.stopped_title") })).toBeVisible();
  await page.goto("/security");
  await expect(page.getByText(/^Waiting:/)).toHaveCount(0);
});

test("what is due is done, and whoever was in is out", async ({ page, guest, house }) => {
  const alan = await guest({ apps: 1 });
  await page.goto(`/security/factors/${alan.factorIds[0]}/remove`);
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText(/^Waiting:/)).toBeVisible(); // the letter can be there before the page is
  await vetoLink(house, alan);
  await expect
    .poll(() => house.sql("SELECT 1 FROM pending_changes WHERE user_id = $1 AND due_at IS NOT NULL", [alan.userId]))
    .toHaveLength(1);
  await page.reload();
  await expect(page.getByText(/^Waiting: .* It will be done on .* UTC unless you stop it\./)).toBeVisible();
  await letItBeDue(house, alan);
  await expect.poll(() => factorsOf(house, alan)).toEqual([]);
  await page.goto("/security");
  await expect(page).toHaveURL(/\/login/);
});
