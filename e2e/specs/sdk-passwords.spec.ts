import { codeNow } from "@/e2e/support/authenticator";
import { expect } from "@/e2e/support/fixtures";
import { openHouse, secretOf } from "@/e2e/support/house";
import { codeTo, someNumber } from "@/e2e/support/mailbox";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { codeOf, insiderOf, refusalOf } from "@/e2e/support/sdk/answers";
import { registerApp } from "@/e2e/support/sdk/apps";
import { asWritten, sdkClient } from "@/e2e/support/sdk/client";
import { test } from "@/e2e/support/sdk/fixtures";
import { elevenMinutesLater, givePhone, sessionsOf, toSecondStep } from "@/e2e/support/sdk/people";
import { demandFactorOf } from "@/e2e/support/send-times";
import { makePerson } from "@/lib/testing/test-context";

const next = "nine calm otters under a bridge";

test("a new password wants the old one and a fresh login; the token that asked goes on, every other is over", async ({
  house,
  person,
  client,
}) => {
  const [ada, sdk, elsewhere] = [await person(), client(), client()];
  const { token } = insiderOf(await sdk.loginByEmail(ada.email, ada.password));
  await elsewhere.loginByEmail(ada.email, ada.password);
  expect(await codeOf(client().updatePassword(next, ada.password)), "signed in nowhere").toBe(2020);
  expect(await codeOf(sdk.updatePassword(next)), "without the old one").toBe(2333);
  expect(await codeOf(sdk.updatePassword(next, "not the password at all"))).toBe(2333);
  expect((await refusalOf(sdk.updatePassword("short", ada.password))).message).toMatch(/too short/);
  await elevenMinutesLater(house, ada);
  expect(await codeOf(sdk.updatePassword(next, ada.password)), "a thief of the token alone").toBe(2206);
  await house.sql("UPDATE sessions SET proven_at = now() WHERE user_id = $1", [ada.userId]);
  expect(insiderOf(await sdk.updatePassword(next, ada.password))).toMatchObject({ id: ada.userId, token });
  expect(sdk.tokenProvider.getToken()).toBe(token);
  expect((await sdk.getCurrentUser())?.id).toBe(ada.userId);
  expect(await elsewhere.getCurrentUser()).toBeNull();
  expect(await sessionsOf(house, ada)).toBe(1);
  expect(await codeOf(client().loginByEmail(ada.email, ada.password))).toBe(2333);
  insiderOf(await client().loginByEmail(ada.email, next));
});

test("five wrong old passwords beside a fresh factor end the session: a thief of the token guesses no further", async ({
  house,
  person,
  client,
}) => {
  const number = someNumber();
  const [grace, sdk] = [await person({ phones: [number] }), client()];
  const { mfaToken } = await toSecondStep(sdk, grace);
  sdk.setToken(mfaToken);
  await sdk.sendSmsCode(number);
  sdk.setCurrentUser(await sdk.mfa.verifyAppSmsMfa({ phone: number, code: await codeTo(house, number), mfaToken }));
  const codes = [];
  for (let time = 0; time < 5; time += 1) codes.push(await codeOf(sdk.updatePassword(next, `guess number ${time}`)));
  expect(codes).toEqual([2333, 2333, 2333, 2333, 2020]);
  expect(await sdk.getCurrentUser()).toBeNull();
});

test("how strong a password is is told before it is chosen, to anybody, and of one's own names to oneself", async ({
  person,
  client,
}) => {
  const [hedy, sdk] = [await person({ username: `hedylamarr${Date.now().toString(36)}` }), client()];
  expect(await client().checkPasswordStrength(next)).toEqual({ valid: true, message: "This password may be chosen." });
  for (const [weak, why] of [
    ["short", /too short/],
    ["passwordpassword", /easy to guess/],
    ["x".repeat(2000), /too long/],
  ] as const)
    expect(await client().checkPasswordStrength(weak)).toEqual({ valid: false, message: expect.stringMatching(why) });
  expect(await client({ lang: "zh-CN" }).checkPasswordStrength("short")).toMatchObject({
    valid: false,
    message: expect.stringContaining("密码太短"),
  });
  const own = `${hedy.username}${hedy.username}`;
  expect(await client().checkPasswordStrength(own)).toMatchObject({ valid: true });
  await sdk.loginByEmail(hedy.email, hedy.password);
  expect(await sdk.checkPasswordStrength(own)).toMatchObject({ valid: false });
});

test("numbers and addresses are listed by their kind, without where they are; unbinding takes the numbers away and leaves the login name", async ({
  house,
  person,
  client,
}) => {
  const [number, name] = [someNumber(), someNumber()];
  const alan = await person({ apps: 1, phones: [number], mails: [`alan-${Date.now()}@mail.example.test`] });
  await givePhone(house, alan, name);
  const sdk = client();
  const { mfaToken } = await toSecondStep(sdk, alan);
  const user = await sdk.mfa.verifyTotpMfa({ totp: codeNow(secretOf(alan)), mfaToken });
  sdk.setCurrentUser(user);
  const list = (type: string) => asWritten(sdk.mfa, "getMfaAuthenticators", { type });
  const plain = { userId: alan.userId, enable: true, secret: "", recoveryCode: "" };
  expect(await list("sms")).toMatchObject([{ ...plain, authenticatorType: "sms", id: alan.factorIds[1] }]);
  expect(await list("email")).toMatchObject([{ ...plain, authenticatorType: "email", id: alan.factorIds[2] }]);
  expect(JSON.stringify(await list("sms"))).not.toContain(number.slice(-4));
  expect(await list("totp")).toMatchObject([{ ...plain, authenticatorType: "totp", id: alan.factorIds[0] }]);
  expect(await list("face")).toEqual([]);

  await elevenMinutesLater(house, alan);
  expect(await codeOf(sdk.unbindPhone()), "a thief of the token alone").toBe(2206);
  await house.sql("UPDATE sessions SET proven_at = now() WHERE user_id = $1", [alan.userId]);
  const { token } = insiderOf(user);
  expect(insiderOf(await sdk.unbindPhone())).toMatchObject({ phone: name, token });
  expect(sdk.tokenProvider.getToken()).toBe(token);
  expect(await list("sms")).toEqual([]);
  expect(await codeOf(sdk.unbindEmail())).toBe(501);
});

test("a thief of the token with a fresh code takes nobody's last number away at once: it waits", async ({
  house,
  person,
  client,
}) => {
  const number = someNumber();
  const [katherine, sdk] = [await person({ phones: [number] }), client()];
  const { mfaToken } = await toSecondStep(sdk, katherine);
  sdk.setToken(mfaToken);
  await sdk.sendSmsCode(number);
  const user = await sdk.mfa.verifyAppSmsMfa({ phone: number, code: await codeTo(house, number), mfaToken });
  sdk.setCurrentUser(user);
  expect(insiderOf(await sdk.unbindPhone())).toMatchObject({ token: insiderOf(user).token });
  expect(await asWritten(sdk.mfa, "getMfaAuthenticators", { type: "sms" })).toHaveLength(1);
  expect(await house.sql("SELECT state FROM pending_changes WHERE user_id = $1", [katherine.userId])).toEqual([
    { state: "WAITING" },
  ]);
});

test("where policy needs them the numbers stay: 2207", async ({ house, person, client }) => {
  const number = someNumber();
  const [edsger, sdk] = [await person({ phones: [number] }), client()];
  await demandFactorOf(house, edsger);
  const { mfaToken } = await toSecondStep(sdk, edsger);
  sdk.setToken(mfaToken);
  await sdk.sendSmsCode(number);
  sdk.setCurrentUser(await sdk.mfa.verifyAppSmsMfa({ phone: number, code: await codeTo(house, number), mfaToken }));
  expect(await codeOf(sdk.unbindPhone())).toBe(2207);
  expect(await sdk.getCurrentUser()).not.toBeNull();
});

test("a new password by the tokens of other services, or by message, is not offered", async ({ client }) => {
  const sdk = client();
  expect(await codeOf(sdk.resetPasswordByPhoneCode(someNumber(), "1234", next))).toBe(501);
  expect(await codeOf(sdk.resetPasswordByFirstLoginToken({ token: "x", password: next }))).toBe(501);
  const forced = { token: "x", oldPassword: "y", newPassword: next };
  expect(await codeOf(sdk.resetPasswordByForceResetToken(forced))).toBe(501);
});

test("encrypted by the package itself, the password is exchanged too; a ciphertext that opens nothing changes nothing", async () => {
  await withOwnPortal({ settings: { RSA_PASSWORDS: "true" } }, async (portal) => {
    const house = openHouse(portal);
    try {
      const { id: appId } = await registerApp(house);
      const ada = await makePerson(house.ctx);
      const sdk = sdkClient(house, { appId, encrypts: true });
      await sdk.loginByEmail(ada.email, ada.password);
      expect(await codeOf(sdk.updatePassword("short", "not the password at all")), "nobody looks at it").toBe(2333);
      expect((await refusalOf(sdk.updatePassword("short", ada.password))).message).toMatch(/too short/);
      insiderOf(await sdk.updatePassword(next, ada.password));
      insiderOf(await sdkClient(house, { appId, encrypts: true }).loginByEmail(ada.email, next));
    } finally {
      await house.close();
    }
  });
});
