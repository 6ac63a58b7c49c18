import { codeNow } from "@/e2e/support/authenticator";
import { cookieLine } from "@/e2e/support/cookies";
import { openSessionOf } from "@/e2e/support/entry";
import { expect } from "@/e2e/support/fixtures";
import { ask } from "@/e2e/support/http";
import { codeOf, insiderOf, refusalOf } from "@/e2e/support/sdk/answers";
import { callApi } from "@/e2e/support/sdk/api";
import { registerApp } from "@/e2e/support/sdk/apps";
import { userBody } from "@/e2e/support/sdk/documents";
import { test } from "@/e2e/support/sdk/fixtures";
import { sessionsOf, toSecondStep } from "@/e2e/support/sdk/people";

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

test("an app changes what its user is called, and nothing that they log in with; the package stays signed in", async ({
  person,
  client,
}) => {
  const [grace, sdk] = [await person(), client()];
  const { token } = insiderOf(await sdk.loginByEmail(grace.email, grace.password));
  const photo = "https://example.test/grace.png";
  expect(await sdk.updateProfile({ nickname: "Amazing", photo, company: "Navy" })).toMatchObject({
    id: grace.userId,
    nickname: "Amazing",
    photo,
    company: null,
    emailVerified: true,
    token,
  });
  expect((await refusalOf(sdk.updateProfile({ photo: "http://example.test/grace.png" }))).code).toBe(400);
  for (const name of [{ email: "else@example.test" }, { phone: "+12025550123" }, { username: "hopper" }])
    expect((await refusalOf(sdk.updateProfile({ nickname: "Never", ...name }))).code).toBe(501);
  expect(await sdk.getCurrentUser()).toMatchObject({ nickname: "Amazing", email: grace.email, token });
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

test("a token is good only for the app that it was given to", async ({ house, person, client }) => {
  const [grace, other] = [await person(), await registerApp(house)];
  const { token } = insiderOf(await client().loginByEmail(grace.email, grace.password));
  const elsewhere = client({ appId: other.id, token });
  expect(await elsewhere.getCurrentUser()).toBeNull();
  expect(await codeOf(elsewhere.mfa.getMfaAuthenticators())).toBe(2020);
  await elsewhere.logout();
  expect(await sessionsOf(house, grace)).toBe(1);
});

test("nobody is asked for but oneself", async ({ house, app, person, client, address }) => {
  const [ada, grace] = [await person(), await person()];
  const { token } = insiderOf(await client().loginByEmail(ada.email, ada.password));
  const body = { ...userBody, variables: { id: grace.userId } };
  expect((await callApi(house.url, "/graphql/v2", { app: app.id, address, token, body })).code).toBe(2020);
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

test("a session of the pages opens nothing in the API, and a token of the API no page", async ({
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
  const headers = {
    cookie: [cookieLine(house.url, "session", cookie), cookieLine(house.url, "second-door", cookie)].join("; "),
  };
  const call = { method: "GET", app: app.id, address, headers };
  for (const path of ["/api/v2/mfa/authenticator", "/api/v2/users/me/security-level"])
    expect((await callApi(house.url, path, call)).code, path).toBe(2020);
  expect((await callApi(house.url, "/api/v2/logout", call)).code, "there is nothing to end").toBe(200);
  expect(await sessionsOf(house, katherine)).toBe(2);
  const page = await ask(house.url, "/security", { headers: { cookie: cookieLine(house.url, "session", token) } });
  expect([page.status, page.headers.location]).toEqual([307, "/login?returnTo=%2Fsecurity&session=over"]);
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
