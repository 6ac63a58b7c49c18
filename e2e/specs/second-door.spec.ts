import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";
import { cookieLine, cookieName } from "@/e2e/support/cookies";
import { plantCookies } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import { isHeardAs } from "@/e2e/support/heard";
import { letCodesBeFresh, type Resident, secretOf } from "@/e2e/support/house";
import { ask } from "@/e2e/support/http";
import type { CookieKind } from "@/lib/cookies/cookies";

/** Through the first door, up to the second. */
async function toSecondDoor(page: Page, person: Resident, returnTo?: string) {
  const login = loginScreen(page);
  await login.does.open(returnTo);
  await login.does.logIn(person);
  const challenge = challengeScreen(page);
  await challenge.sees.isHere();
  return challenge;
}

test("the form goes off by itself at the sixth digit and opens the account; cookies that a thief has planted are exchanged, and open nothing", async ({
  page,
  context,
  person,
  house,
}) => {
  const ada = await person({ apps: 1 });
  const planted = await plantCookies(house, context, ada, await person());
  const challenge = await toSecondDoor(page, ada);
  const kept = async (kind: CookieKind) => {
    const name = cookieName(house.url, kind);
    return (await context.cookies()).find((cookie) => cookie.name === name)?.value;
  };
  const values = planted.map(({ value }) => value);
  expect([undefined, ...values]).not.toContain(await kept("second-door"));
  await challenge.does.typeCode(codeNow(secretOf(ada)));
  await accountScreen(page).sees.isHere();
  for (const kind of ["session", "known-device"] as const)
    expect([undefined, ...values]).not.toContain(await kept(kind));
  const cookie = planted.map(({ kind, value }) => cookieLine(house.url, kind, value)).join("; ");
  expect((await ask(house.url, "/security", { headers: { cookie } })).status).toBe(307);
});

test("a code may be typed as the app shows it, with a space in the middle", async ({ page, person }) => {
  const grace = await person({ apps: 1 });
  const challenge = await toSecondDoor(page, grace);
  await challenge.does.typeCode(codeNow(secretOf(grace)).replace(/^(...)/, "$1 "));
  await accountScreen(page).sees.isHere();
});

test("any of several apps opens the door", async ({ page, person }) => {
  const alan = await person({ apps: 3 });
  const challenge = await toSecondDoor(page, alan);
  await challenge.does.typeCode(codeNow(alan.secrets[2] ?? ""));
  await accountScreen(page).sees.isHere();
});

test("a wrong code says so beside the field, and the right one still opens", async ({ page, person, house }) => {
  const katherine = await person({ apps: 1, codes: true });
  const challenge = await toSecondDoor(page, katherine);
  await challenge.does.typeCode(wrongCode(secretOf(katherine)));
  await challenge.sees.wrongCode();
  await isHeardAs(
    page,
    'heading "Confirm it’s you" [level=1]',
    "paragraph: /You are logging in as/",
    'textbox "Verification code" [invalid]',
    "alert: /not right/",
    'button "Verify"',
    'link "Try another way"',
    'button "Cancel"',
  );
  const rows = await house.sql("SELECT attempts_left FROM challenges WHERE user_id = $1", [katherine.userId]);
  expect(rows).toEqual([{ attempts_left: 4 }]);
  await challenge.does.typeCode(codeNow(secretOf(katherine)));
  await accountScreen(page).sees.isHere();
});

test("a code that was used before is told apart, because only its owner could have it", async ({ page, person }) => {
  const hedy = await person({ apps: 1 });
  const code = codeNow(secretOf(hedy));
  const challenge = await toSecondDoor(page, hedy);
  await challenge.does.typeCode(code);
  const account = accountScreen(page);
  await account.sees.isHere();
  await account.does.logOut();
  await toSecondDoor(page, hedy);
  await challenge.does.typeCode(code);
  await challenge.sees.usedCode();
});

test("five wrong codes end the challenge; the account's owner starts again and gets in", async ({ page, person }) => {
  const edsger = await person({ apps: 1 });
  const challenge = await toSecondDoor(page, edsger);
  for (let round = 1; round <= 5; round += 1) {
    await challenge.does.typeCode(wrongCode(secretOf(edsger), round));
    await challenge.sees.wrongCode();
  }
  await challenge.does.typeCode(codeNow(secretOf(edsger)));
  await challenge.sees.expired();
  await page.getByRole("link", { name: "Back to the login" }).click();
  await loginScreen(page).does.logIn(edsger);
  await challenge.does.typeCode(codeNow(secretOf(edsger)));
  await accountScreen(page).sees.isHere();
});

test("after six minutes the challenge is over, whatever is typed", async ({ page, person, house }) => {
  const barbara = await person({ apps: 1 });
  const challenge = await toSecondDoor(page, barbara);
  await house.sql("UPDATE challenges SET expires_at = now() - interval '1 second' WHERE user_id = $1", [
    barbara.userId,
  ]);
  await challenge.does.typeCode(codeNow(secretOf(barbara)));
  await challenge.sees.expired();
  await page.goto("/challenge/totp");
  await challenge.sees.expired();
  expect(await house.sql("SELECT 1 FROM sessions WHERE user_id = $1", [barbara.userId])).toEqual([]);
});

test("the browser still names it then, so that the page says that the time was over", async ({
  page,
  person,
  house,
}) => {
  const grace = await person({ apps: 1 });
  await toSecondDoor(page, grace);
  await house.sql("UPDATE challenges SET expires_at = now() - interval '9 minutes' WHERE user_id = $1", [grace.userId]);
  const name = cookieName(house.url, "second-door");
  const kept = (await page.context().cookies()).find((cookie) => cookie.name === name);
  expect((kept?.expires ?? 0) - Date.now() / 1000).toBeGreaterThan(15 * 60);
  await page.reload();
  await expect(page.getByRole("main")).toContainText("The time for this step is over.");
});

test("cancelling leads back to the login, and the challenge is dead", async ({ page, person, house }) => {
  const ada = await person({ apps: 1 });
  const challenge = await toSecondDoor(page, ada);
  await challenge.sees.nothingEmptyAboveCancel();
  await challenge.does.cancel();
  await loginScreen(page).sees.isHere();
  expect(await house.sql("SELECT state FROM challenges WHERE user_id = $1", [ada.userId])).toEqual([{ state: "DEAD" }]);
  await page.goto("/challenge/totp");
  await challenge.sees.expired();
});

test("the page that was asked for is where both doors lead", async ({ page, person }) => {
  const grace = await person({ apps: 1 });
  await page.goto("/security/recovery-codes");
  await expect(page).toHaveURL(/\/login\?returnTo=%2Fsecurity%2Frecovery-codes$/);
  const login = loginScreen(page);
  await login.does.logIn({ ...grace, password: "not the password at all" });
  await login.sees.refusal(grace.email);
  await login.does.logIn(grace);
  await challengeScreen(page).does.typeCode(codeNow(secretOf(grace)));
  await expect(page).toHaveURL(/\/security\/recovery-codes$/);
});

for (const hostile of [
  "https://evil.test/",
  "//evil.test",
  "/\\evil.test",
  "/security/../..//evil.test",
  "javascript:alert(1)",
]) {
  test(`a return address like ${hostile} leads home`, async ({ page, person }) => {
    const alan = await person({ apps: 1 });
    const challenge = await toSecondDoor(page, alan, hostile);
    await challenge.does.typeCode(codeNow(secretOf(alan)));
    await accountScreen(page).sees.isHere();
    expect(new URL(page.url()).hostname).toBe("localhost");
  });
}

test("between the doors, back, forward, reload and a second tab are not signed in", async ({
  page,
  context,
  person,
}) => {
  const katherine = await person({ apps: 1 });
  await toSecondDoor(page, katherine);
  const login = loginScreen(page);
  await page.goBack();
  await login.sees.isHere();
  await page.goForward();
  await challengeScreen(page).sees.isHere();
  await page.reload();
  await challengeScreen(page).sees.isHere();
  const second = await context.newPage();
  for (const path of ["/security", "/security/password", "/security/factors/new", "/security/recovery-codes/once"]) {
    await second.goto(path);
    await loginScreen(second).sees.isHere();
  }
  await challengeScreen(page).does.typeCode(codeNow(secretOf(katherine)));
  await accountScreen(page).sees.isHere();
});

test("going back after the login answers no second time", async ({ page, person, house }) => {
  const hedy = await person({ apps: 1 });
  const challenge = await toSecondDoor(page, hedy);
  await challenge.does.typeCode(codeNow(secretOf(hedy)));
  await accountScreen(page).sees.isHere();
  await page.goBack();
  await letCodesBeFresh(house, hedy);
  const sessions = await house.sql("SELECT id FROM sessions WHERE user_id = $1", [hedy.userId]);
  await page.goto("/challenge/totp");
  await accountScreen(page).sees.isHere();
  expect(await house.sql("SELECT id FROM sessions WHERE user_id = $1", [hedy.userId])).toEqual(sessions);
});

test("the time that is left is told in words once it is short", async ({ page, person, house }) => {
  const edsger = await person({ apps: 1 });
  await toSecondDoor(page, edsger);
  await expect(page.getByRole("timer")).toBeHidden();
  await house.sql("UPDATE challenges SET expires_at = now() + interval '80 seconds' WHERE user_id = $1", [
    edsger.userId,
  ]);
  await page.reload();
  await expect(page.getByRole("timer")).toHaveText(/^1 minute, \d+ seconds? left for this step\.$/);
});

test("when the time for the step is over there is something to press", async ({ page, person, house }) => {
  const ada = await person({ apps: 1 });
  await toSecondDoor(page, ada, "/security/password");
  await house.sql("UPDATE challenges SET expires_at = now() + interval '6 seconds' WHERE user_id = $1", [ada.userId]);
  await page.reload();
  await page.getByRole("link", { name: "Begin again" }).click();
  await loginScreen(page).sees.isHere();
  await expect(page).toHaveURL(/returnTo=%2Fsecurity%2Fpassword/);
});

test("before the last try it is said that one is left", async ({ page, person }) => {
  const hedy = await person({ apps: 1 });
  const challenge = await toSecondDoor(page, hedy);
  for (let round = 1; round <= 4; round += 1) {
    await challenge.does.typeCode(wrongCode(secretOf(hedy), round));
    await challenge.sees.wrongCode();
    await expect(page.getByText("One try is left").filter({ visible: true })).toHaveCount(round === 4 ? 1 : 0);
  }
  await page.reload();
  await expect(page.getByText("One try is left").filter({ visible: true })).toHaveCount(1);
});
