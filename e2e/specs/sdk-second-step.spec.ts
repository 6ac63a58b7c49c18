import type { AuthenticationClient } from "authing-js-sdk";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";
import { expect } from "@/e2e/support/fixtures";
import { type Resident, secretOf } from "@/e2e/support/house";
import { codeOf, insiderOf, refusalOf } from "@/e2e/support/sdk/answers";
import { callApi } from "@/e2e/support/sdk/api";
import { registerApp } from "@/e2e/support/sdk/apps";
import { asWritten } from "@/e2e/support/sdk/client";
import { test } from "@/e2e/support/sdk/fixtures";
import { sessionsOf, sixMinutesLater, toSecondStep } from "@/e2e/support/sdk/people";
import { raced } from "@/e2e/support/sdk/races";

/** The code that the app of this person shows, on a login of its own. */
async function withApp(sdk: AuthenticationClient, person: Resident) {
  const { mfaToken } = await toSecondStep(sdk, person);
  return { mfaToken, totp: codeNow(secretOf(person)) };
}

test("the app's code gives the user and a token, which the package does not keep by itself", async ({
  house,
  person,
  client,
}) => {
  const [ada, sdk] = [await person({ apps: 1 }), client()];
  const user = await sdk.mfa.verifyTotpMfa(await withApp(sdk, ada));
  expect(insiderOf(user)).toMatchObject({ id: ada.userId, email: ada.email });
  expect(await sdk.getCurrentUser()).toBeNull();
  sdk.setCurrentUser(user);
  expect(await sdk.getCurrentUser()).toMatchObject({ id: ada.userId, token: user.token });
  expect(await sessionsOf(house, ada)).toBe(1);
});

test("a wrong code is refused with 6001, and the right one still opens", async ({ person, client }) => {
  const [grace, sdk] = [await person({ apps: 1 }), client()];
  const { mfaToken, totp } = await withApp(sdk, grace);
  expect(await codeOf(sdk.mfa.verifyTotpMfa({ mfaToken, totp: wrongCode(secretOf(grace)) }))).toBe(6001);
  insiderOf(await sdk.mfa.verifyTotpMfa({ mfaToken, totp }));
});

test("who has no app reads the same as who typed a wrong code", async ({ person, client }) => {
  const [alan, grace] = [await person({ mails: ["alan@mail.example.test"] }), await person({ apps: 1 })];
  const sdk = client();
  const [without, has] = [await toSecondStep(sdk, alan), await toSecondStep(sdk, grace)];
  const wrong = await refusalOf(sdk.mfa.verifyTotpMfa({ ...has, totp: wrongCode(secretOf(grace)) }));
  expect(await refusalOf(sdk.mfa.verifyTotpMfa({ ...without, totp: "123456" }))).toEqual(wrong);
});

test("a call that carries no code says so, and costs nothing", async ({ house, app, person, client, address }) => {
  const katherine = await person({ apps: 1 });
  const { mfaToken: token } = await toSecondStep(client(), katherine);
  for (const [path, body, code] of [
    ["/api/v2/mfa/totp/verify", {}, 6003],
    ["/api/v2/mfa/totp/verify", { totp: "" }, 6003],
    ["/api/v2/mfa/totp/recovery", {}, 6004],
    ["/api/v2/mfa/totp/recovery", { recoveryCode: "" }, 6004],
  ] as const)
    expect((await callApi(house.url, path, { app: app.id, address, token, body })).code, path).toBe(code);
  expect(await house.sql("SELECT attempts_left FROM challenges WHERE user_id = $1", [katherine.userId])).toEqual([
    { attempts_left: 5 },
  ]);
});

test("five wrong codes end the login, over all kinds together", async ({ person, client }) => {
  const [hedy, sdk] = [await person({ apps: 1, codes: true }), client()];
  const { mfaToken, totp } = await withApp(sdk, hedy);
  for (const round of [1, 2, 3])
    expect(await codeOf(sdk.mfa.verifyTotpMfa({ mfaToken, totp: wrongCode(secretOf(hedy), round) }))).toBe(6001);
  for (const recoveryCode of ["0000-0000-0000-0000", "0000-0000-0000-0000-0000-0000-0000"])
    expect(await codeOf(sdk.mfa.verifyTotpRecoveryCode({ mfaToken, recoveryCode }))).toBe(6002);
  expect(await codeOf(sdk.mfa.verifyTotpMfa({ mfaToken, totp }))).toBe(2021);
  insiderOf(await sdk.mfa.verifyTotpMfa(await withApp(sdk, hedy)));
});

test("after six minutes the mfaToken is over, whatever is typed", async ({ house, person, client }) => {
  const [edsger, sdk] = [await person({ apps: 1, codes: true }), client()];
  const given = await withApp(sdk, edsger);
  await sixMinutesLater(house, edsger);
  expect(await codeOf(sdk.mfa.verifyTotpMfa(given))).toBe(2021);
  expect(await codeOf(sdk.mfa.verifyTotpRecoveryCode({ ...given, recoveryCode: edsger.codes[0] ?? "" }))).toBe(2021);
  expect(await sessionsOf(house, edsger)).toBe(0);
});

test("a code opens once: its second use is told apart, because only its owner could have it", async ({
  person,
  client,
}) => {
  const [barbara, sdk] = [await person({ apps: 1 }), client()];
  const first = await withApp(sdk, barbara);
  insiderOf(await sdk.mfa.verifyTotpMfa(first));
  expect(await codeOf(sdk.mfa.verifyTotpMfa(first)), "the mfaToken is used up").toBe(2021);
  const again = await toSecondStep(sdk, barbara);
  const used = await refusalOf(sdk.mfa.verifyTotpMfa({ ...again, totp: first.totp }));
  expect(used.code).toBe(6001);
  expect(used.message).toMatch(/used already/);
});

test("fifty calls with one code at once open one session", async ({ house, person, client }) => {
  const [ada, sdk] = [await person({ apps: 1 }), client()];
  const given = await withApp(sdk, ada);
  const { won, refused } = await raced(50, () => sdk.mfa.verifyTotpMfa(given));
  expect(won).toHaveLength(1);
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set([2021]));
  expect(await sessionsOf(house, ada)).toBe(1);
});

test("one code on several logins at once opens one of them", async ({ house, person, client }) => {
  const [grace, sdk] = [await person({ apps: 1 }), client()];
  const logins: string[] = [];
  for (let nth = 0; nth < 8; nth += 1) logins.push((await toSecondStep(sdk, grace)).mfaToken);
  const totp = codeNow(secretOf(grace));
  const { won } = await raced(40, (nth) => sdk.mfa.verifyTotpMfa({ mfaToken: logins[nth % 8] ?? "", totp }));
  expect(won).toHaveLength(1);
  expect(await sessionsOf(house, grace)).toBe(1);
});

test("an mfaToken is good only for the app that it was given to", async ({ house, person, client }) => {
  const alan = await person({ apps: 1, codes: true });
  const given = await withApp(client(), alan);
  const other = client({ appId: (await registerApp(house)).id });
  const refusal = await refusalOf(other.mfa.verifyTotpMfa(given));
  expect(refusal.code).toBe(2021);
  const recoveryCode = alan.codes[0] ?? "";
  expect(await refusalOf(other.mfa.verifyTotpRecoveryCode({ ...given, recoveryCode }))).toEqual(refusal);
  insiderOf(await client().mfa.verifyTotpMfa(given));
});

test("every mfaToken that is none reads the same", async ({ person, client }) => {
  const [katherine, sdk] = [await person({ apps: 1 }), client()];
  const { mfaToken, totp } = await withApp(sdk, katherine);
  const { token } = insiderOf(await sdk.mfa.verifyTotpMfa({ mfaToken, totp }));
  const refusal = await refusalOf(asWritten(sdk.mfa, "verifyTotpMfa", { authenticatorType: "totp", totp: "112233" }));
  expect(refusal.code, "Bearer undefined, as the documentation's example sends it").toBe(2021);
  for (const bad of [mfaToken, mfaToken.slice(0, -3), "", "null", "x".repeat(4000), token])
    expect(await refusalOf(sdk.mfa.verifyTotpMfa({ mfaToken: bad, totp }))).toEqual(refusal);
});

test("a token without the word Bearer before it is taken too, as Guard sends it", async ({
  house,
  app,
  person,
  client,
  address,
}) => {
  const alan = await person({ apps: 1 });
  const { mfaToken: authorization, totp } = await withApp(client(), alan);
  const path = "/api/v2/mfa/totp/verify";
  const got = await callApi(house.url, path, { app: app.id, address, authorization, body: { totp } });
  expect(insiderOf(got.data).id).toBe(alan.userId);
});

test("Guard's alias of the same call is answered as well", async ({ house, app, person, client, address }) => {
  const grace = await person({ apps: 1 });
  const { mfaToken: token, totp } = await withApp(client(), grace);
  const body = { totp, authenticatorType: "totp" };
  const path = "/api/v2/applications/mfa/totp/verify";
  const got = await callApi(house.url, path, { app: app.id, address, token, body });
  expect(insiderOf(got.data).id).toBe(grace.userId);
});
