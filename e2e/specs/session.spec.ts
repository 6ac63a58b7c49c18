import { accountScreen } from "@/e2e/screens/account";
import { loginScreen } from "@/e2e/screens/login";
import { cookieLine } from "@/e2e/support/cookies";
import { expect, test } from "@/e2e/support/fixtures";

const isOver = "Your login here is over. Please log in again; if you had just sent a form, look whether it was done.";

test("logging out ends the session on the server: its cookie opens nothing, nor does the way back", async ({
  page,
  context,
  guest,
  house,
}) => {
  const ada = await guest();
  const account = accountScreen(page);
  await account.does.open();
  await account.does.logOut();
  await loginScreen(page).sees.isHere();
  expect(await house.sql("SELECT 1 FROM sessions WHERE user_id = $1", [ada.userId])).toEqual([]);
  await page.goBack();
  await loginScreen(page).sees.isHere();
  await expect(page.getByText(isOver)).toBeHidden(); // they know: they logged out themselves
  const cookie = cookieLine(house.url, "session", ada.session.cookie);
  const answer = await context.request.get("/security", { headers: { cookie }, maxRedirects: 0 });
  expect([answer.status(), answer.headers().location]).toEqual([307, "/login?returnTo=%2Fsecurity&session=over"]);
});

for (const [story, change] of [
  ["whose row is gone", "DELETE FROM sessions WHERE id = $1"],
  ["that was idle for an hour", "UPDATE sessions SET last_seen_at = now() - interval '61 minutes' WHERE id = $1"],
  ["that is a day old", "UPDATE sessions SET expires_at = now() - interval '1 second' WHERE id = $1"],
  [
    "whose person was disabled",
    "UPDATE users SET disabled_at = now() WHERE id = (SELECT user_id FROM sessions WHERE id = $1)",
  ],
  [
    "from before a change of credentials",
    "UPDATE users SET credential_version = credential_version + 1 WHERE id = (SELECT user_id FROM sessions WHERE id = $1)",
  ],
] as const) {
  test(`a session ${story} is over at the next click`, async ({ page, guest, house }) => {
    const { session } = await guest();
    const account = accountScreen(page);
    await account.does.open();
    await account.sees.isHere();
    await house.sql(change, [session.id]);
    await page.getByRole("link", { name: "Change password" }).first().click();
    await expect(page).toHaveURL(/\/login\?returnTo=%2Fsecurity%2Fpassword&session=over$/);
    await expect(page.getByText(isOver)).toBeVisible();
  });
}

test("an ended session is told at the bare address too, and not to whoever comes to log in by a link of their own", async ({
  page,
  guest,
  house,
}) => {
  const { session } = await guest();
  await house.sql("DELETE FROM sessions WHERE id = $1", [session.id]);
  await page.goto("/");
  await loginScreen(page).sees.isHere();
  await expect(page.getByText(isOver)).toBeVisible();
  await page.goto("/login?returnTo=%2Fsecurity%2Fpassword"); // as from a step that was over, or a bookmark
  await loginScreen(page).sees.isHere();
  await expect(page.getByText(isOver)).toBeHidden();
});

test("an action of an ended session does nothing and leads to the login", async ({ page, guest, house }) => {
  const grace = await guest();
  const account = accountScreen(page);
  await account.does.open("/security/factors/new");
  await house.sql("DELETE FROM sessions WHERE id = $1", [grace.session.id]);
  await account.does.start();
  await loginScreen(page).sees.isHere();
  await expect(page.getByText(isOver)).toBeVisible();
  expect(await house.sql("SELECT 1 FROM factors WHERE user_id = $1", [grace.userId])).toEqual([]);
});
