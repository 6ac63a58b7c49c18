import { accountScreen } from "@/e2e/screens/account";
import { codeNow } from "@/e2e/support/authenticator";
import { letIn, openSessionOf } from "@/e2e/support/entry";
import { expect } from "@/e2e/support/fixtures";
import { secretOf } from "@/e2e/support/house";
import { demandFactorOf } from "@/e2e/support/post-times";
import { codeOf, insiderOf, refusalOf } from "@/e2e/support/sdk/answers";
import { registerApp } from "@/e2e/support/sdk/apps";
import { userBody } from "@/e2e/support/sdk/documents";
import { test } from "@/e2e/support/sdk/fixtures";
import { callLane } from "@/e2e/support/sdk/lane";
import { aDayLater, sessionsOf, toSecondStep } from "@/e2e/support/sdk/people";
import { ask } from "@/e2e/support/wire";
import { removeApp } from "@/lib/apps/remove-app";

const claimsOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));

test("the token names its person, its app and its session, and lives a day", async ({ house, app, person, client }) => {
  const ada = await person();
  const { token } = insiderOf(await client().loginByEmail(ada.email, ada.password));
  const [row] = await house.sql(
    "SELECT id, floor(extract(epoch FROM expires_at))::int AS ends FROM sessions WHERE user_id = $1",
    [ada.userId],
  );
  expect(claimsOf(token)).toMatchObject({ sub: ada.userId, aud: app.id, sid: row?.id, exp: row?.ends });
  expect(Number(row?.ends) - Date.now() / 1000).toBeGreaterThan(23.9 * 3600);
});

test("the current user comes with the token that asked, so the package stays signed in", async ({ person, client }) => {
  const [grace, sdk] = [await person(), client()];
  const { token } = insiderOf(await sdk.loginByEmail(grace.email, grace.password));
  for (let times = 0; times < 2; times += 1)
    expect(await sdk.getCurrentUser()).toMatchObject({ id: grace.userId, email: grace.email, token });
  expect(sdk.tokenProvider.getToken()).toBe(token);
});

test("an hour without a call ends nothing", async ({ house, person, client }) => {
  const [alan, sdk] = [await person(), client()];
  await sdk.loginByEmail(alan.email, alan.password);
  await house.sql("UPDATE sessions SET last_seen_at = now() - interval '3 hours' WHERE user_id = $1", [alan.userId]);
  expect((await sdk.getCurrentUser())?.id).toBe(alan.userId);
});

test("the state of a token can be asked for, one's own and none but one's own", async ({ person, client }) => {
  const [katherine, sdk] = [await person(), client()];
  const { token } = insiderOf(await sdk.loginByEmail(katherine.email, katherine.password));
  const state = await sdk.checkLoginStatus(token);
  expect(state).toMatchObject({ code: 200, status: true, data: { id: katherine.userId } });
  expect(state.exp).toBeGreaterThan(Date.now() / 1000 + 80_000);
  expect(await sdk.checkLoginStatus()).toMatchObject({ status: true });
  expect(await client().checkLoginStatus("no.such.token")).toMatchObject({ code: 2020, status: false });
});

test("refreshing gives another token for the same session, and the one before opens nothing", async ({
  house,
  person,
  client,
}) => {
  const [hedy, sdk] = [await person(), client()];
  const { token: before } = insiderOf(await sdk.loginByEmail(hedy.email, hedy.password));
  const [session] = await house.sql("SELECT id, expires_at FROM sessions WHERE user_id = $1", [hedy.userId]);
  const { token, exp } = await sdk.refreshToken();
  expect(token).not.toBe(before);
  expect(exp).toBeGreaterThan(Date.now() / 1000);
  expect(await house.sql("SELECT id, expires_at FROM sessions WHERE user_id = $1", [hedy.userId])).toEqual([session]);
  expect((await sdk.getCurrentUser())?.id).toBe(hedy.userId);
  expect(await client({ token: before ?? "" }).getCurrentUser()).toBeNull();
});

test("logging out ends the session at once, and the package forgets the token", async ({ house, person, client }) => {
  const [edsger, sdk] = [await person(), client()];
  const { token } = insiderOf(await sdk.loginByEmail(edsger.email, edsger.password));
  await sdk.logout();
  expect(sdk.tokenProvider.getToken()).toBeNull();
  expect(await sessionsOf(house, edsger)).toBe(0);
  const again = client({ token });
  expect(await again.getCurrentUser()).toBeNull();
  expect(await codeOf(again.getSecurityLevel())).toBe(2020);
});

test("logging out works for a client that names no app in its query, and is no harm twice", async ({
  house,
  app,
  person,
  client,
  address,
}) => {
  const barbara = await person();
  const { token } = insiderOf(await client().loginByEmail(barbara.email, barbara.password));
  const path = "/api/v2/logout?app_id=undefined";
  for (let times = 0; times < 2; times += 1) {
    expect((await callLane(house.url, path, { method: "GET", app: app.id, address, token })).code).toBe(200);
    expect(await sessionsOf(house, barbara)).toBe(0);
  }
});

test("a token that is over, revoked, or older than a new password opens nothing: 2020 at once", async ({
  house,
  person,
  client,
}) => {
  const ends = [
    aDayLater,
    (_: typeof house, { userId }: { userId: string }) => house.sql("DELETE FROM sessions WHERE user_id = $1", [userId]),
    (_: typeof house, { userId }: { userId: string }) =>
      house.sql("UPDATE users SET credential_version = credential_version + 1 WHERE id = $1", [userId]),
    (_: typeof house, { userId }: { userId: string }) =>
      house.sql("UPDATE users SET disabled_at = now() WHERE id = $1", [userId]),
  ];
  for (const end of ends) {
    const [ada, sdk] = [await person(), client()];
    await sdk.loginByEmail(ada.email, ada.password);
    await end(house, ada);
    expect(await codeOf(sdk.mfa.getMfaAuthenticators())).toBe(2020);
    expect(await codeOf(sdk.getSecurityLevel())).toBe(2020);
    expect(await codeOf(sdk.refreshToken())).toBe(2020);
    expect(await sdk.getCurrentUser()).toBeNull();
  }
});

test("a token is good only for the app that it was given to", async ({ house, person, client }) => {
  const [grace, other] = [await person(), await registerApp(house)];
  const { token } = insiderOf(await client().loginByEmail(grace.email, grace.password));
  const elsewhere = client({ appId: other.id, token });
  expect(await elsewhere.getCurrentUser()).toBeNull();
  expect(await codeOf(elsewhere.mfa.getMfaAuthenticators())).toBe(2020);
  await elsewhere.logout();
  expect(await sessionsOf(house, grace)).toBe(1);
});

test("a policy that became stricter holds at the next call: only what sets the factor up is answered", async ({
  house,
  person,
  client,
}) => {
  const [barbara, sdk] = [await person(), client()];
  await sdk.loginByEmail(barbara.email, barbara.password);
  await demandFactorOf(house, barbara);
  expect(await sdk.getCurrentUser()).toBeNull();
  expect(await codeOf(sdk.getSecurityLevel())).toBe(2206);
  const { secret } = await sdk.mfa.assosicateMfaAuthenticator();
  await sdk.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: "totp", totp: codeNow(secret) });
  expect((await sdk.getCurrentUser())?.id).toBe(barbara.userId);
});

test("nobody is asked for but oneself", async ({ house, app, person, client, address }) => {
  const [ada, grace] = [await person(), await person()];
  const { token } = insiderOf(await client().loginByEmail(ada.email, ada.password));
  const body = { ...userBody, variables: { id: grace.userId } };
  expect((await callLane(house.url, "/graphql/v2", { app: app.id, address, token, body })).code).toBe(2020);
});

test("when the operator removes an app, its tokens are over at once", async ({ house, app, person, client }) => {
  const [edsger, sdk] = [await person({ apps: 1 }), client()];
  const { mfaToken } = await toSecondStep(sdk, edsger);
  const open = await toSecondStep(sdk, edsger);
  const user = await sdk.mfa.verifyTotpMfa({ mfaToken, totp: codeNow(secretOf(edsger)) });
  sdk.setCurrentUser(user);
  await removeApp(house.ctx, { id: app.id, by: "stories" });
  expect(await codeOf(sdk.getSecurityLevel())).toBe(403);
  await registerApp(house, { id: app.id });
  expect(await codeOf(sdk.getSecurityLevel())).toBe(2020);
  expect(await codeOf(sdk.mfa.verifyTotpMfa({ ...open, totp: codeNow(secretOf(edsger), 1) }))).toBe(2021);
});

test("an mfaToken is no user token", async ({ person, client }) => {
  const [alan, sdk] = [await person({ apps: 1 }), client()];
  sdk.setToken((await toSecondStep(sdk, alan)).mfaToken);
  expect(await sdk.getCurrentUser()).toBeNull();
  const refusal = await refusalOf(sdk.getSecurityLevel());
  expect(refusal.code).toBe(2020);
  expect(await refusalOf(sdk.refreshToken())).toEqual(refusal);
  expect(await codeOf(sdk.mfa.deleteMfaAuthenticator())).toBe(2020);
});

test("a session of the pages opens nothing in the lane, and a token of the lane no page", async ({
  house,
  app,
  person,
  client,
  address,
}) => {
  const katherine = await person();
  const { token } = insiderOf(await client().loginByEmail(katherine.email, katherine.password));
  const { cookie } = await openSessionOf(house, katherine);
  expect(await client({ token: cookie }).getCurrentUser()).toBeNull();
  const headers = { cookie: `__Host-session=${cookie}; __Host-second-door=${cookie}` };
  const call = { method: "GET", app: app.id, address, headers };
  for (const path of ["/api/v2/mfa/authenticator", "/api/v2/users/me/security-level"])
    expect((await callLane(house.url, path, call)).code, path).toBe(2020);
  expect((await callLane(house.url, "/api/v2/logout", call)).code, "there is nothing to end").toBe(200);
  expect(await sessionsOf(house, katherine)).toBe(2);
  const page = await ask(house.url, "/security", { headers: { cookie: `__Host-session=${token}` } });
  expect([page.status, page.headers.location]).toEqual([307, "/login?returnTo=%2Fsecurity"]);
});

test("a new password that was chosen in the pages ends the sessions of apps", async ({
  page,
  context,
  house,
  person,
  client,
}) => {
  const [hedy, sdk] = [await person(), client()];
  await sdk.loginByEmail(hedy.email, hedy.password);
  await letIn(house, context, hedy);
  const account = accountScreen(page);
  await account.does.open("/security/password");
  await account.does.changePassword(hedy.password, "nine calm otters under a bridge");
  await account.sees.isHere();
  expect(await sdk.getCurrentUser()).toBeNull();
  expect(await sessionsOf(house, hedy)).toBe(1);
});

test("the security level says what protects the account", async ({ house, person, client }) => {
  const sdk = client();
  const edsger = await person();
  await sdk.loginByEmail(edsger.email, edsger.password);
  const before = await sdk.getSecurityLevel();
  expect(before).toMatchObject({ email: true, phone: false, password: true, mfa: false });
  expect([1, 2, 3, null]).toContain(before.passwordSecurityLevel);
  const { secret } = await sdk.mfa.assosicateMfaAuthenticator();
  await sdk.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: "totp", totp: codeNow(secret) });
  const after = await sdk.getSecurityLevel();
  expect(after.mfa).toBe(true);
  expect(after.score).toBeGreaterThan(before.score);
  expect(await house.sql("SELECT 1 FROM factors WHERE user_id = $1", [edsger.userId])).toHaveLength(1);
});
