import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";
import { cookieLine, cookieName } from "@/e2e/support/cookies";
import { openAppSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { secretOf } from "@/e2e/support/house";
import { prove } from "@/e2e/support/proven";
import { elevenMinutesAgo } from "@/e2e/support/settled";

test("every page before something dangerous asks for a proof, and for its own, when the last one is too old", async ({
  context,
  guest,
  house,
}) => {
  const ada = await guest({ apps: 2, codes: true });
  const { app } = await openAppSessionOf(house, ada);
  const [device] = await house.sql("SELECT id FROM devices WHERE user_id = $1", [ada.userId]);
  await prove(house, ada.userId, "further");
  const [further] = await house.sql("SELECT id FROM notice_addresses WHERE user_id = $1", [ada.userId]);
  const asked = {
    "factor.add": ["factors/new/totp"],
    "factor.remove": [`factors/${ada.factorIds[0]}/remove`],
    "recovery.regenerate": ["recovery-codes/new"],
    "password.change": ["password", "password/forgotten"],
    "sessions.end": ["sessions/others", `sessions/apps/${app}`],
    "devices.forget": ["devices/others", `devices/${device?.id}/forget`],
    "data.download": ["data/account.json", "data/activity.csv"],
    "account.delete": ["data/delete"],
    "contact.change": [
      "contacts/login",
      "contacts/further",
      "contacts/phone",
      "contacts/remove-phone",
      `contacts/remove/${further?.id}`,
    ],
  };
  await elevenMinutesAgo(house, ada.session.id);
  for (const [action, paths] of Object.entries(asked))
    for (const path of paths) {
      const answer = await context.request.get(`/security/${path}`, { maxRedirects: 0 });
      const at = new URL(answer.headers().location ?? "/", house.url);
      expect([path, answer.status(), at.pathname, at.searchParams.get("for")]).toEqual([
        path,
        307,
        "/challenge/start",
        action,
      ]);
    }
});

test("a page that weakens protection asks for a proof that is younger than ten minutes", async ({
  page,
  guest,
  house,
}) => {
  const ada = await guest({ apps: 1 });
  await page.goto("/security/password");
  await expect(page).toHaveURL(/\/security\/password$/);
  await elevenMinutesAgo(house, ada.session.id);
  await page.goto("/security/password");
  const challenge = challengeScreen(page);
  await expect(page).toHaveURL(/\/challenge\/start\?/);
  await challenge.does.goOn();
  await challenge.sees.isHere();
  await challenge.does.typeCode(codeNow(secretOf(ada)));
  await expect(page).toHaveURL(/\/security\/password$/);
});

test("a step-up exchanges the session's token: the cookie from before opens nothing", async ({
  page,
  context,
  guest,
  house,
}) => {
  const grace = await guest({ apps: 1 });
  await elevenMinutesAgo(house, grace.session.id);
  await page.goto("/security/password");
  const challenge = challengeScreen(page);
  await challenge.does.goOn();
  await challenge.does.typeCode(codeNow(secretOf(grace)));
  await expect(page).toHaveURL(/\/security\/password$/);
  const cookies = await context.cookies();
  expect(cookies.find(({ name }) => name === cookieName(house.url, "session"))?.value).not.toBe(grace.session.cookie);
  const answer = await context.request.get("/security", {
    headers: { cookie: cookieLine(house.url, "session", grace.session.cookie) },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(307);
});

test("a step-up whose time is over says so instead of asking again without a word", async ({ page, guest, house }) => {
  const ada = await guest({ apps: 1 });
  await elevenMinutesAgo(house, ada.session.id);
  await page.goto("/security/password");
  const challenge = challengeScreen(page);
  await challenge.does.goOn();
  await challenge.sees.isHere();
  await house.sql("UPDATE challenges SET expires_at = now() - interval '9 minutes' WHERE user_id = $1", [ada.userId]);
  const name = cookieName(house.url, "second-door");
  const kept = (await page.context().cookies()).find((cookie) => cookie.name === name);
  expect((kept?.expires ?? 0) - Date.now() / 1000).toBeGreaterThan(15 * 60);
  await challenge.does.typeCode(codeNow(secretOf(ada)));
  await expect(page).toHaveURL(/\/challenge\/expired/);
  await expect(page.getByRole("main")).toContainText("The time for this step is over.");
});

test("without a factor the password is the proof", async ({ page, guest, house }) => {
  const alan = await guest();
  await elevenMinutesAgo(house, alan.session.id);
  const account = accountScreen(page);
  await account.does.open();
  await account.does.addApp();
  await expect(page).toHaveURL(/\/challenge\/password\?/);
  const challenge = challengeScreen(page);
  await challenge.does.sendPassword("not the password at all");
  await challenge.sees.sentence("That password is not right.");
  await challenge.does.sendPassword(alan.password);
  await expect(page).toHaveURL(/\/security\/factors\/new$/);
  await account.does.start();
  await enrolmentScreen(page).sees.isHere();
});

test("a recovery code is a proof as well, and is replaced", async ({ page, guest, house }) => {
  const katherine = await guest({ apps: 1, codes: true });
  await elevenMinutesAgo(house, katherine.session.id);
  await page.goto("/security/recovery-codes");
  await page.getByRole("link", { name: "Make new codes" }).click();
  const challenge = challengeScreen(page);
  await challenge.does.goOn();
  await challenge.does.chooseAnotherWay();
  await challenge.does.chooseRecovery();
  await challenge.does.sendRecoveryCode(katherine.codes[0] ?? "");
  await codesScreen(page).sees.codes(1);
  await codesScreen(page).does.save();
  await expect(page).toHaveURL(/\/security\/recovery-codes\/new$/);
});

test("five wrong proofs end the session, over several challenges too", async ({ page, guest, house }) => {
  const hedy = await guest({ apps: 1 });
  await elevenMinutesAgo(house, hedy.session.id);
  const challenge = challengeScreen(page);
  for (const tries of [3, 2]) {
    await page.goto("/security/password");
    await challenge.does.goOn();
    for (let round = 1; round <= tries; round += 1) {
      await challenge.does.typeCode(wrongCode(secretOf(hedy), round));
      await challenge.sees.wrongCode();
    }
  }
  await challenge.does.typeCode(wrongCode(secretOf(hedy)));
  await challenge.sees.expired();
  expect(await house.sql("SELECT 1 FROM sessions WHERE id = $1", [hedy.session.id])).toEqual([]);
  await page.goto("/security");
  await loginScreen(page).sees.isHere();
});

test("cancelling a step-up leads back to the account, still logged in", async ({ page, guest, house }) => {
  const edsger = await guest({ apps: 1 });
  await elevenMinutesAgo(house, edsger.session.id);
  await page.goto("/security/password");
  await challengeScreen(page).does.goOn();
  await challengeScreen(page).does.cancel();
  await accountScreen(page).sees.isHere();
});

test("a step-up that was begun in one browser cannot be finished in another", async ({
  page,
  context,
  guest,
  house,
  anotherBrowser,
}) => {
  const barbara = await guest({ apps: 1 });
  await elevenMinutesAgo(house, barbara.session.id);
  await page.goto("/security/password");
  await challengeScreen(page).does.goOn();
  await challengeScreen(page).sees.isHere();
  const thief = await anotherBrowser();
  const taken = (await context.cookies()).filter(({ name }) => name === cookieName(house.url, "second-door"));
  await thief.addCookies(taken);
  const elsewhere = await thief.newPage();
  await elsewhere.goto("/challenge/totp");
  await challengeScreen(elsewhere).does.typeCode(codeNow(secretOf(barbara)));
  await challengeScreen(elsewhere).sees.expired();
  await elsewhere.goto("/security");
  await loginScreen(elsewhere).sees.isHere();
});
