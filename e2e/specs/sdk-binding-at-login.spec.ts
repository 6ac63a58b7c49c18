import { EmailScene, SceneType } from "authing-js-sdk";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";
import { expect } from "@/e2e/support/fixtures";
import { codesTo, codeTo, lettersTo, someAddress, someNumber } from "@/e2e/support/mailbox";
import { codeOf, insiderOf, refusalOf, replacementOf } from "@/e2e/support/sdk/answers";
import { callApi } from "@/e2e/support/sdk/api";
import { registerApp } from "@/e2e/support/sdk/apps";
import { test } from "@/e2e/support/sdk/fixtures";
import { sessionsOf, sixMinutesLater, toSecondStep } from "@/e2e/support/sdk/people";
import { raced } from "@/e2e/support/sdk/races";
import { demandFactorOf } from "@/e2e/support/send-times";
import { ensure } from "@/lib/kernel/assert";

const recoveryForm = /^[0-9a-f]{4}(-[0-9a-f]{4}){6}$/;

test("an app is bound during the login, and the same code on the same mfaToken then gives the user", async ({
  house,
  person,
  client,
}) => {
  const [alan, sdk] = [await person(), client()];
  await demandFactorOf(house, alan);
  const { mfaToken } = await toSecondStep(sdk, alan);
  const stranger = await toSecondStep(client(), alan);
  expect(await sdk.mfa.getMfaAuthenticators({ type: "totp", mfaToken })).toEqual([]);
  const source = "APPLICATION";
  const begun = await sdk.mfa.assosicateMfaAuthenticator({ authenticatorType: "totp", mfaToken, source });
  const given = { authenticatorType: "totp", totp: codeNow(begun.secret), source, mfaToken } as const;
  expect(await codeOf(sdk.mfa.confirmAssosicateMfaAuthenticator(given)), "the package sends no token here").toBe(2020);
  sdk.setToken(mfaToken);
  expect(await codeOf(sdk.mfa.confirmAssosicateMfaAuthenticator({ ...given, totp: wrongCode(begun.secret) }))).toBe(
    400,
  );
  await sdk.mfa.confirmAssosicateMfaAuthenticator(given);
  expect(await sessionsOf(house, alan), "only the code that follows opens a session").toBe(0);
  expect(await codeOf(sdk.mfa.verifyTotpMfa({ ...given, mfaToken: stranger.mfaToken }))).toBe(2021);
  const other = await toSecondStep(client(), alan);
  expect(await codeOf(sdk.mfa.verifyTotpMfa({ ...given, mfaToken: other.mfaToken })), "spent for all others").toBe(
    6001,
  );
  const user = await sdk.mfa.verifyTotpMfa(given);
  expect(insiderOf(user).id).toBe(alan.userId);
  expect(await codeOf(sdk.mfa.verifyTotpMfa(given)), "once").toBe(2021);
  const entered = await sdk.mfa.verifyTotpRecoveryCode({ ...other, recoveryCode: begun.recovery_code });
  expect(replacementOf(entered)).toMatch(recoveryForm);
});

test("the envelope of a confirmation with an mfaToken names the user and hands out no token", async ({
  house,
  app,
  person,
  client,
  address,
}) => {
  const katherine = await person();
  await demandFactorOf(house, katherine);
  const { mfaToken: token } = await toSecondStep(client(), katherine);
  const { secret } = await client().mfa.assosicateMfaAuthenticator({ authenticatorType: "totp", mfaToken: token });
  const body = { totp: codeNow(secret) }; // without authenticator_type, as Guard sends it
  const path = "/api/v2/mfa/totp/associate/confirm";
  const got = await callApi(house.url, path, { app: app.id, address, token, body });
  expect(got).toMatchObject({ code: 200, data: { id: katherine.userId, email: katherine.email } });
  expect(JSON.stringify(got)).not.toMatch(/eyJ|ses_/);
});

test("what was confirmed is claimed while the login lives, or not at all; the app is bound either way", async ({
  house,
  person,
  client,
}) => {
  const [grace, sdk] = [await person(), client()];
  await demandFactorOf(house, grace);
  const { mfaToken } = await toSecondStep(sdk, grace);
  const { secret } = await sdk.mfa.assosicateMfaAuthenticator({ authenticatorType: "totp", mfaToken });
  sdk.setToken(mfaToken);
  const totp = codeNow(secret);
  await sdk.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: "totp", totp });
  await house.sql("UPDATE challenges SET expires_at = now() - interval '1 second' WHERE user_id = $1", [grace.userId]);
  expect(await codeOf(sdk.mfa.verifyTotpMfa({ mfaToken, totp }))).toBe(2021);
  const step = await toSecondStep(sdk, grace);
  insiderOf(await sdk.mfa.verifyTotpMfa({ ...step, totp: codeNow(secret, 1) }));
});

test("of fifty claims of one confirmation one gets the user", async ({ house, person, client }) => {
  const [hedy, sdk] = [await person(), client()];
  await demandFactorOf(house, hedy);
  const { mfaToken } = await toSecondStep(sdk, hedy);
  const { secret } = await sdk.mfa.assosicateMfaAuthenticator({ authenticatorType: "totp", mfaToken });
  const totp = codeNow(secret);
  sdk.setToken(mfaToken);
  await sdk.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: "totp", totp });
  const { won } = await raced(50, () => sdk.mfa.verifyTotpMfa({ mfaToken, totp }));
  expect(won).toHaveLength(1);
  expect(await sessionsOf(house, hedy)).toBe(1);
});

test("whoever holds a factor, or owes none, cannot bind one with an mfaToken", async ({ house, person, client }) => {
  const sdk = client();
  const [holds, hasAddress] = [await person({ apps: 1 }), await person({ mails: [someAddress()] })];
  for (const edsger of [holds, hasAddress]) {
    await demandFactorOf(house, edsger);
    const { mfaToken } = await toSecondStep(sdk, edsger);
    const refusal = await refusalOf(sdk.mfa.assosicateMfaAuthenticator({ authenticatorType: "totp", mfaToken }));
    expect(refusal.code).not.toBe(200);
    expect(await sdk.mfa.phoneOrEmailBindable({ mfaToken, phone: someNumber() })).toBe(false);
  }
  expect(await house.sql("SELECT 1 FROM factors WHERE state = 'PENDING' AND user_id = $1", [holds.userId])).toEqual([]);
});

test("a number is bound during the login: it may be, a code goes there, and the code is the second step", async ({
  house,
  person,
  client,
}) => {
  const [barbara, sdk, number] = [await person(), client(), someNumber()];
  await demandFactorOf(house, barbara);
  const { mfaToken } = await toSecondStep(sdk, barbara);
  expect(await sdk.mfa.phoneOrEmailBindable({ mfaToken, phone: number })).toBe(true);
  expect(await lettersTo(house, number), "asking sends nothing").toEqual([]);
  sdk.setToken(mfaToken);
  await sdk.sendSmsCode(number.slice(2), "+1", SceneType.SCENE_TYPE_MFA_VERIFY);
  const code = await codeTo(house, number);
  const given = { mfaToken, phone: number.slice(2), phoneCountryCode: "+1", code };
  expect(await codeOf(sdk.mfa.verifyAppSmsMfa({ ...given, phone: someNumber() }))).toBe(2001);
  expect(insiderOf(await sdk.mfa.verifyAppSmsMfa(given)).id).toBe(barbara.userId);
  const step = await toSecondStep(client(), barbara);
  expect(step).toMatchObject({ code: 1636, offered: expect.arrayContaining(["SMS"]) });
  expect(step.mfaPhone).toContain(number.slice(-3));
});

test("an address is bound during the login in the same way", async ({ house, person, client }) => {
  const [ada, sdk, address] = [await person(), client(), someAddress()];
  await demandFactorOf(house, ada);
  const { mfaToken } = await toSecondStep(sdk, ada);
  expect(await sdk.mfa.phoneOrEmailBindable({ mfaToken, email: address })).toBe(true);
  sdk.setToken(mfaToken);
  await sdk.sendEmail(address, EmailScene.MfaVerify);
  const code = await codeTo(house, address);
  expect(insiderOf(await sdk.mfa.verifyAppEmailMfa({ mfaToken, email: address, code })).id).toBe(ada.userId);
  expect((await toSecondStep(client(), ada)).mfaEmail).toMatch(/@mail\.example\.test$/);
});

test("may this be bound? says nothing about other accounts, and no to what is no number", async ({
  house,
  person,
  client,
}) => {
  const [taken, mail] = [someNumber(), someAddress()];
  const owner = await person({ phones: [taken], mails: [mail] });
  const [grace, sdk] = [await person(), client()];
  await demandFactorOf(house, grace);
  const { mfaToken } = await toSecondStep(sdk, grace);
  const may = (given: { phone?: string; email?: string }) => sdk.mfa.phoneOrEmailBindable({ mfaToken, ...given });
  expect(await may({ phone: taken })).toBe(true);
  expect(await may({ email: mail })).toBe(true);
  expect(await may({ phone: "12" })).toBe(false);
  expect(await may({ email: "no address" })).toBe(false);
  expect(await may({ email: mail })).toBe(true);
  expect(await codeOf(may({})), "no question at all").toBe(400);
  expect(await codeOf(may({ phone: taken })), "five questions a login").toBe(1002);
  expect(await codesTo(house, taken)).toEqual([]);
  expect(await lettersTo(house, owner.email)).toEqual([]);
});

test("binding during a login ends with its time, and with another app's token", async ({ house, person, client }) => {
  const [alan, sdk] = [await person(), client()];
  await demandFactorOf(house, alan);
  const { mfaToken } = await toSecondStep(sdk, alan);
  const other = client({ appId: (await registerApp(house)).id });
  expect(await codeOf(other.mfa.assosicateMfaAuthenticator({ authenticatorType: "totp", mfaToken }))).toBe(2021);
  expect(await codeOf(other.mfa.phoneOrEmailBindable({ mfaToken, phone: someNumber() }))).toBe(2021);
  const { secret } = await sdk.mfa.assosicateMfaAuthenticator({ authenticatorType: "totp", mfaToken });
  await sixMinutesLater(house, alan);
  sdk.setToken(mfaToken);
  const late = sdk.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: "totp", totp: codeNow(secret) });
  expect(await codeOf(late)).not.toBe(200);
  const [row] = await house.sql("SELECT count(*)::int AS active FROM factors WHERE state = 'ACTIVE' AND user_id = $1", [
    alan.userId,
  ]);
  ensure(row, "counting gives a row");
  expect(row.active).toBe(0);
});
