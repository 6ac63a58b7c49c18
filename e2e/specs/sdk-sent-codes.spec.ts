import { type AuthenticationClient, EmailScene, SceneType } from "authing-js-sdk";
import { expectUnsaid } from "@/e2e/support/answers";
import { expect } from "@/e2e/support/fixtures";
import type { House, Resident } from "@/e2e/support/house";
import { codesTo, codeTo, lettersTo, someAddress, someNumber, wrongDigits } from "@/e2e/support/mailbox";
import { codeOf, insiderOf, refusalOf } from "@/e2e/support/sdk/answers";
import { registerApp } from "@/e2e/support/sdk/apps";
import { test } from "@/e2e/support/sdk/fixtures";
import { sessionsOf, sixMinutesLater, toSecondStep } from "@/e2e/support/sdk/people";
import { raced } from "@/e2e/support/sdk/races";
import type { Recorder } from "@/e2e/support/sdk/recorder";
import { aMinuteLater } from "@/e2e/support/send-times";

const verifyScene = SceneType.SCENE_TYPE_MFA_VERIFY;

const rawOf = ({ heard }: Recorder) => heard.map(({ raw }) => raw);

/** Up to the second step, with a code on its way: as documented, with the mfaToken set before the call that sends. */
async function askedBySms(sdk: AuthenticationClient, house: House, person: Resident, number: string) {
  const step = await toSecondStep(sdk, person);
  sdk.setToken(step.mfaToken);
  await sdk.sendSmsCode(step.mfaPhone ?? "", step.mfaPhoneCountryCode ?? undefined, verifyScene);
  return { mfaToken: step.mfaToken, phone: step.mfaPhone ?? "", code: await codeTo(house, number) };
}

test("a text message is sent after setToken, and its code, which no answer says, opens with the masked number as it was told", async ({
  house,
  person,
  client,
  recorder,
}) => {
  const [number, sdk] = [someNumber(), client()];
  const ada = await person({ phones: [number] });
  const given = await askedBySms(sdk, house, ada, number);
  expect(insiderOf(await sdk.mfa.verifyAppSmsMfa(given)).id).toBe(ada.userId);
  expect(await codeOf(sdk.mfa.verifyAppSmsMfa(given)), "once").toBe(2021);
  expect(await sessionsOf(house, ada)).toBe(1);
  expectUnsaid(rawOf(recorder), [given.code], given.mfaToken);
});

test("the whole number is taken in every spelling, another one reads like a wrong code", async ({
  house,
  person,
  client,
}) => {
  for (const spelling of [
    (number: string) => ({ phone: number }),
    (number: string) => ({ phone: number.slice(2), phoneCountryCode: "+1" }),
    (number: string) => ({ phone: `(${number.slice(2, 5)}) ${number.slice(5)}` }),
  ]) {
    const [number, sdk] = [someNumber(), client()];
    const grace = await person({ phones: [number] });
    const given = await askedBySms(sdk, house, grace, number);
    const wrong = await refusalOf(sdk.mfa.verifyAppSmsMfa({ ...given, code: wrongDigits(given.code) }));
    expect(wrong.code).toBe(2001);
    expect(await refusalOf(sdk.mfa.verifyAppSmsMfa({ ...given, phone: someNumber() }))).toEqual(wrong);
    insiderOf(await sdk.mfa.verifyAppSmsMfa({ ...given, ...spelling(number) }));
  }
});

test("a code by e-mail is sent for both scenes that ask for one, said in no answer, and opens", async ({
  house,
  person,
  client,
  recorder,
}) => {
  const [address, sdk] = [someAddress(), client()];
  const alan = await person({ mails: [address] });
  for (const [nth, scene] of [EmailScene.MfaVerify, EmailScene.MFA_VERIFY_CODE].entries()) {
    const { mfaToken, mfaEmail } = await toSecondStep(sdk, alan);
    sdk.setToken(mfaToken);
    expect(await sdk.sendEmail(mfaEmail ?? "", scene)).toMatchObject({ code: 200 });
    const code = await codeTo(house, address, nth + 1);
    expect(await codeOf(sdk.mfa.verifyAppEmailMfa({ mfaToken, email: address, code: wrongDigits(code) }))).toBe(2001);
    expect(await codeOf(sdk.mfa.verifyAppEmailMfa({ mfaToken, email: someAddress(), code }))).toBe(2001);
    const email = nth === 0 ? (mfaEmail ?? "") : address.toUpperCase();
    expect(insiderOf(await sdk.mfa.verifyAppEmailMfa({ mfaToken, email, code })).id).toBe(alan.userId);
    expectUnsaid(rawOf(recorder), [code], mfaToken);
  }
});

test("a code that was sent too long ago is wrong, and so is one of another login", async ({
  house,
  person,
  client,
}) => {
  const [number, sdk] = [someNumber(), client()];
  const katherine = await person({ phones: [number] });
  const first = await askedBySms(sdk, house, katherine, number);
  const { mfaToken } = await toSecondStep(sdk, katherine);
  expect(await codeOf(sdk.mfa.verifyAppSmsMfa({ ...first, mfaToken }))).toBe(2001);
  await house.sql("UPDATE one_time_codes SET expires_at = now() - interval '1 second' WHERE user_id = $1", [
    katherine.userId,
  ]);
  expect(await codeOf(sdk.mfa.verifyAppSmsMfa(first))).toBe(2001);
  await sixMinutesLater(house, katherine);
  expect(await codeOf(sdk.mfa.verifyAppSmsMfa(first))).toBe(2021);
});

test("fifty calls with one sent code at once open one session", async ({ house, person, client }) => {
  const [number, sdk] = [someNumber(), client()];
  const hedy = await person({ phones: [number] });
  const given = await askedBySms(sdk, house, hedy, number);
  const { won } = await raced(50, () => sdk.mfa.verifyAppSmsMfa(given));
  expect(won).toHaveLength(1);
  expect(await sessionsOf(house, hedy)).toBe(1);
});

test("a sent code of one app's login opens nothing for another app", async ({ house, person, client }) => {
  const [number, sdk] = [someNumber(), client()];
  const edsger = await person({ phones: [number] });
  const given = await askedBySms(sdk, house, edsger, number);
  const other = client({ appId: (await registerApp(house)).id });
  expect(await codeOf(other.mfa.verifyAppSmsMfa(given))).toBe(2021);
  const { mfaToken } = await toSecondStep(other, edsger);
  expect(await codeOf(other.mfa.verifyAppSmsMfa({ ...given, mfaToken }))).toBe(2001);
});

test("without a token nothing is sent, and nobody can tell", async ({ house, person, client }) => {
  const [number, address] = [someNumber(), someAddress()];
  const barbara = await person({ phones: [number], mails: [address] });
  const sdk = client();
  const sms = await sdk.sendSmsCode(number, undefined, verifyScene);
  expect(await sdk.sendSmsCode(someNumber(), undefined, verifyScene)).toEqual(sms);
  const mail = await sdk.sendEmail(address, EmailScene.MfaVerify);
  expect(mail).toMatchObject({ code: 200 });
  for (const other of [barbara.email, someAddress()])
    expect(await sdk.sendEmail(other, EmailScene.MfaVerify)).toEqual(mail);
  expect(await house.sql("SELECT 1 FROM one_time_codes WHERE user_id = $1", [barbara.userId])).toEqual([]);
  for (const to of [number, address, barbara.email]) expect(await lettersTo(house, to)).toEqual([]);
});

test("with an mfaToken a code goes only to where its owner bound one, whatever the call names", async ({
  house,
  person,
  client,
}) => {
  const [bound, named] = [someNumber(), someNumber()];
  const [ada, sdk] = [await person({ phones: [bound] }), client()];
  sdk.setToken((await toSecondStep(sdk, ada)).mfaToken);
  await sdk.sendSmsCode(named, undefined, verifyScene);
  expect((await refusalOf(sdk.sendSmsCode(someNumber()))).code).toBe(2080); // asking costs the same, whoever's the number is
  await sdk.sendEmail(ada.email, EmailScene.MfaVerify).catch(() => null);
  await aMinuteLater(house, ada);
  await sdk.sendSmsCode(bound.slice(2), "+1");
  await codeTo(house, bound);
  for (const to of [named, ada.email]) expect(await codesTo(house, to)).toEqual([]);
});

test("a second message within the minute is refused with a time, and one after it comes", async ({
  house,
  person,
  client,
}) => {
  const [address, sdk] = [someAddress(), client()];
  const grace = await person({ mails: [address] });
  const { mfaToken, mfaEmail } = await toSecondStep(sdk, grace);
  sdk.setToken(mfaToken);
  await sdk.sendEmail(mfaEmail ?? "", EmailScene.MfaVerify);
  const soon = await refusalOf(sdk.sendEmail(mfaEmail ?? "", EmailScene.MfaVerify));
  expect(soon.code).toBe(2080);
  await aMinuteLater(house, grace);
  await sdk.sendEmail(mfaEmail ?? "", EmailScene.MfaVerify);
  const code = await codeTo(house, address, 2);
  insiderOf(await sdk.mfa.verifyAppEmailMfa({ mfaToken, email: address, code }));
});

test("of several bound numbers the one that the call names gets the code", async ({ house, person, client }) => {
  const [first, second] = [someNumber(), someNumber()];
  const [alan, sdk] = [await person({ phones: [first, second] }), client()];
  const { mfaToken } = await toSecondStep(sdk, alan);
  sdk.setToken(mfaToken);
  await sdk.sendSmsCode(second, undefined, verifyScene);
  const code = await codeTo(house, second);
  expect(await codesTo(house, first)).toEqual([]);
  insiderOf(await sdk.mfa.verifyAppSmsMfa({ mfaToken, phone: second, code }));
});
