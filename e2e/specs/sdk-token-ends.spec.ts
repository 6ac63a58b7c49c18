import { accountScreen } from "@/e2e/screens/account";
import { codeNow } from "@/e2e/support/authenticator";
import { letIn } from "@/e2e/support/entry";
import { expect } from "@/e2e/support/fixtures";
import { secretOf } from "@/e2e/support/house";
import { codeOf, insiderOf } from "@/e2e/support/sdk/answers";
import { callApi } from "@/e2e/support/sdk/api";
import { registerApp } from "@/e2e/support/sdk/apps";
import { test } from "@/e2e/support/sdk/fixtures";
import { aDayLater, sessionsOf, toSecondStep } from "@/e2e/support/sdk/people";
import { demandFactorOf } from "@/e2e/support/send-times";
import { removeApp } from "@/lib/operator/remove-app";

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
    expect((await callApi(house.url, path, { method: "GET", app: app.id, address, token })).code).toBe(200);
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
