import { alarmScreen } from "@/e2e/screens/alarm";
import { resetScreen } from "@/e2e/screens/reset";
import { raiseAlarm } from "@/e2e/support/alarm";
import { cookieLine } from "@/e2e/support/cookies";
import { openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import type { House, Resident } from "@/e2e/support/house";
import { revertPath, unlockPath } from "@/e2e/support/links";
import { someAddress } from "@/e2e/support/mailbox";
import { resetPath } from "@/e2e/support/resets";
import { sha256 } from "@/lib/crypto/digest";
import { newRegistrationLink } from "@/lib/links/registration-link";
import { askForChange } from "@/lib/pending/ask-for-change";
import { openSessionFor } from "@/lib/testing/test-context";

test.use({ javaScriptEnabled: false });

/** All that a change could touch of somebody. */
const stateOf = async (house: House, { userId }: Resident) => ({
  user: await house.sql(
    "SELECT email, password_hash, password_changed_at, credential_version FROM users WHERE id = $1",
    [userId],
  ),
  sessions: await house.sql("SELECT id, credential_version FROM sessions WHERE user_id = $1", [userId]),
  devices: await house.sql("SELECT id, credential_version FROM devices WHERE user_id = $1", [userId]),
  changes: await house.sql("SELECT id, state FROM pending_changes WHERE user_id = $1", [userId]),
  unlocks: await house.sql("SELECT id, open_hash FROM unlocks WHERE user_id = $1", [userId]),
});

/** The link by which a deletion that somebody has asked for is stopped. */
async function vetoPath(house: House, ada: Resident): Promise<string> {
  await askForChange(house.ctx, (await openSessionFor(house.ctx, ada)).actor, "account.delete", {});
  const token = `vet_${house.ctx.random.bytes(32).toString("base64url")}`;
  await house.sql("UPDATE pending_changes SET veto_hash = $2 WHERE user_id = $1", [ada.userId, sha256(token)]);
  return `/veto/${token}`;
}

test("links of somebody's letters, opened in somebody else's session, do theirs to the one and nothing to the other", async ({
  page,
  guest,
  person,
  house,
}) => {
  const [eve, ada, grace] = [await guest({ apps: 1 }), await person(), await person()];
  const before = await stateOf(house, eve);
  const isEvesStill = async () => {
    expect(await stateOf(house, eve)).toEqual(before);
    await page.goto("/security/contacts");
    await expect(page.getByText(eve.email).first()).toBeVisible();
  };

  await page.goto(await vetoPath(house, ada));
  await page.locator("main button[type=submit]").first().click();
  await expect.poll(async () => (await stateOf(house, ada)).changes).toMatchObject([{ state: "VETOED" }]);
  await isEvesStill();

  const { cookie } = await openSessionOf(house, ada);
  await page.goto(await resetPath(house, ada));
  await resetScreen(page).does.goOn();
  await isEvesStill(); // and the reset goes on in this browser, for the other account
  await page.goto("/reset-password/new");
  await resetScreen(page).does.choose("nine calm otters under a bridge");
  await expect.poll(async () => (await stateOf(house, ada)).sessions).toEqual([]);
  await isEvesStill();
  const headers = { cookie: cookieLine(house.url, "session", cookie) };
  expect((await page.context().request.get("/security", { headers, maxRedirects: 0 })).status()).toBe(307);

  await page.goto(await revertPath(house, grace));
  await page.getByRole("button", { name: "Take the change back" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "The change is taken back" })).toBeVisible();
  expect((await stateOf(house, grace)).user).toMatchObject([{ email: grace.email, password_hash: null }]);
  await isEvesStill();

  const [hedy, alan] = [await person(), await person()];
  await page.goto(await unlockPath(house, hedy));
  await page.getByRole("button", { name: "Let this browser try" }).click();
  await expect
    .poll(async () => (await stateOf(house, hedy)).unlocks)
    .toMatchObject([{ open_hash: expect.any(String) }]);
  await isEvesStill();

  await page.goto((await raiseAlarm(house, alan)).path);
  await alarmScreen(page).does.sayNotMe();
  await alarmScreen(page).sees.contained();
  expect(await stateOf(house, alan)).toMatchObject({ user: [{ password_hash: null }], sessions: [] });
  await isEvesStill();

  const email = someAddress();
  await page.goto(new URL(await newRegistrationLink(house.ctx, email)).pathname);
  await page.getByLabel("Password", { exact: true }).fill("nine calm otters under a bridge");
  await page.getByRole("button", { name: "Create the account and log in" }).click();
  await page.goto("/security/contacts");
  await expect(page.getByText(email).first()).toBeVisible(); // this browser is the new account's; the session in it ends, and nothing else of its owner's
  expect(await stateOf(house, eve)).toEqual({ ...before, sessions: [] });
});
