import { expect } from "@playwright/test";
import { type AuthenticationClient, EmailScene, SceneType } from "authing-js-sdk";
import { codeNow } from "@/e2e/support/authenticator";
import { type House, letCodesBeFresh, moveIn, type Resident } from "@/e2e/support/house";
import { codeTo, someAddress, someNumber } from "@/e2e/support/mailbox";
import { codeOf, insiderOf, replacementOf, secondStepOf } from "@/e2e/support/sdk/answers";
import { givePhone } from "@/e2e/support/sdk/people";
import { demandFactorOf } from "@/e2e/support/send-times";

/** A portal and a way to make a fresh client of an app of it. */
export type Reader = { readonly house: House; readonly client: () => AuthenticationClient };

/**
 * Every example of the package's public documentation, in the order in which somebody would come by them, with the changes that
 * docs/move-from-authing.md names and no others.
 */
export async function walkTheDocuments(reader: Reader): Promise<void> {
  const ada = await moveIn(reader.house, { username: `a${reader.house.ctx.random.bytes(5).toString("hex")}` });
  await logIns(reader, ada);
  await accountCalls(reader, ada);
  await appByHerself(reader, ada);
  await sentCodes(reader);
  await bindingInALogin(reader);
}

async function logIns({ house, client }: Reader, person: Resident) {
  const number = someNumber();
  await givePhone(house, person, number);
  insiderOf(await client().loginByEmail(person.email, person.password));
  insiderOf(await client().loginByUsername(person.username ?? "", person.password));
  insiderOf(await client().loginByPhonePassword(number, person.password));
  expect(await codeOf(client().loginByPhoneCode(number, "1234"))).toBe(501);
  expect(await codeOf(client().loginByEmailCode(person.email, "1234"))).toBe(501);
  expect(await codeOf(client().loginByEmail(person.email, "passw0rd"))).toBe(2333);
}

async function accountCalls({ client }: Reader, person: Resident) {
  const authing = client();
  const { token } = insiderOf(await authing.loginByEmail(person.email, person.password));
  expect((await authing.getCurrentUser())?.id).toBe(person.userId);
  expect(await authing.checkLoginStatus(token)).toMatchObject({ code: 200, status: true });
  expect((await authing.refreshToken()).token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  expect(await authing.getSecurityLevel()).toMatchObject({ email: true, mfa: false });
  await authing.logout();
  expect(await authing.getCurrentUser()).toBeNull();
}

/** The examples of the page about multi-factor authentication, for somebody who binds an app in their own account. */
async function appByHerself({ house, client }: Reader, person: Resident) {
  const authing = client();
  await authing.loginByEmail(person.email, person.password);
  expect(await authing.mfa.getMfaAuthenticators({ type: "totp" })).toEqual([]);
  const begun = await authing.mfa.assosicateMfaAuthenticator({ authenticatorType: "totp" });
  const totp = codeNow(begun.secret);
  expect(await authing.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: "totp", totp })).toMatchObject({
    code: 200,
  });
  const first = await secondStepOf(client().loginByEmail(person.email, person.password));
  expect(first.code).toBe(1635);
  await letCodesBeFresh(house, person);
  insiderOf(await client().mfa.verifyTotpMfa({ totp: codeNow(begun.secret), mfaToken: first.mfaToken }));
  const { mfaToken } = await secondStepOf(client().loginByEmail(person.email, person.password));
  const user = await authing.mfa.verifyTotpRecoveryCode({ recoveryCode: begun.recovery_code, mfaToken });
  expect(replacementOf(user)).not.toBe(begun.recovery_code);
  authing.setCurrentUser(user);
  await letCodesBeFresh(house, person);
  const { mfaToken: last } = await secondStepOf(client().loginByEmail(person.email, person.password));
  authing.setCurrentUser(await authing.mfa.verifyTotpMfa({ totp: codeNow(begun.secret), mfaToken: last }));
  expect(await authing.mfa.deleteMfaAuthenticator()).toMatchObject({ code: 200 });
  expect(await authing.mfa.getMfaAuthenticators({ type: "totp" })).toHaveLength(1); // the last one waits
}

async function sentCodes({ house, client }: Reader) {
  const [phone, email] = [someNumber(), someAddress()];
  const alan = await moveIn(house, { phones: [phone], mails: [email] });
  const authing = client();
  const first = await secondStepOf(authing.loginByEmail(alan.email, alan.password));
  expect(first.code).toBe(1636);
  authing.setToken(first.mfaToken);
  await authing.sendSmsCode(phone);
  const sms = { phone, code: await codeTo(house, phone), mfaToken: first.mfaToken };
  insiderOf(await authing.mfa.verifyAppSmsMfa(sms));
  const { mfaToken } = await secondStepOf(authing.loginByEmail(alan.email, alan.password));
  authing.setToken(mfaToken);
  await authing.sendEmail(email, EmailScene.MfaVerify);
  insiderOf(await authing.mfa.verifyAppEmailMfa({ email, code: await codeTo(house, email), mfaToken }));
}

async function bindingInALogin({ house, client }: Reader) {
  const [grace, phone] = [await moveIn(house), someNumber()];
  await demandFactorOf(house, grace);
  const authing = client();
  const { mfaToken } = await secondStepOf(authing.loginByEmail(grace.email, grace.password));
  expect(await authing.mfa.phoneOrEmailBindable({ mfaToken, email: someAddress() })).toBe(true);
  expect(await authing.mfa.phoneOrEmailBindable({ mfaToken, phone })).toBe(true);
  authing.setToken(mfaToken);
  await authing.sendSmsCode(phone, undefined, SceneType.SCENE_TYPE_MFA_VERIFY);
  insiderOf(await authing.mfa.verifyAppSmsMfa({ phone, code: await codeTo(house, phone), mfaToken }));
}
