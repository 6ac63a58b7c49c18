import { codeNow } from "@/e2e/support/authenticator";
import { expect } from "@/e2e/support/fixtures";
import { secretOf } from "@/e2e/support/house";
import { someAddress, someNumber } from "@/e2e/support/mailbox";
import { codeOf, insiderOf, refusalOf, secondStepOf } from "@/e2e/support/sdk/answers";
import { test } from "@/e2e/support/sdk/fixtures";
import { givePhone, sessionsOf, toSecondStep } from "@/e2e/support/sdk/people";
import { demandFactorOf } from "@/e2e/support/send-times";

test("an e-mail address and a password give a user and a token, and the package keeps both", async ({
  house,
  person,
  client,
}) => {
  const [ada, sdk] = [await person(), client()];
  const user = insiderOf(await sdk.loginByEmail(ada.email, ada.password));
  expect(user).toMatchObject({ id: ada.userId, email: ada.email, status: "Activated", blocked: false });
  expect(sdk.tokenProvider.getToken()).toBe(user.token);
  expect(sdk.checkLoggedIn()).toBe(ada.userId);
  expect(client({ token: user.token }).checkLoggedIn(), "the package reads the id out of the token").toBe(ada.userId);
  expect(await sessionsOf(house, ada)).toBe(1);
});

test("a user name and a password do as well", async ({ house, person, client }) => {
  const username = `u${house.ctx.random.bytes(5).toString("hex")}`;
  const grace = await person({ username });
  for (const typed of [username, username.toUpperCase()])
    expect(insiderOf(await client().loginByUsername(typed, grace.password))).toMatchObject({ username });
});

test("a number and a password do as well, however the number is written", async ({ house, person, client }) => {
  const [alan, number] = [await person(), someNumber()];
  await givePhone(house, alan, number);
  const [area, rest] = [number.slice(2, 5), number.slice(5)];
  for (const typed of [
    number,
    `${area}${rest}`,
    `(${area}) ${rest.slice(0, 3)}-${rest.slice(3)}`,
    `+1 ${area} ${rest}`,
  ])
    expect(insiderOf(await client().loginByPhonePassword(typed, alan.password)).id, typed).toBe(alan.userId);
});

test("a wrong password and a name that nobody has read the same, by every kind of name", async ({
  house,
  person,
  client,
}) => {
  const [katherine, number] = [
    await person({ username: `k${house.ctx.random.bytes(5).toString("hex")}` }),
    someNumber(),
  ];
  await givePhone(house, katherine, number);
  const sdk = client();
  const wrong = await refusalOf(sdk.loginByEmail(katherine.email, "not the password at all"));
  expect(wrong.code).toBe(2333);
  for (const call of [
    () => sdk.loginByEmail(someAddress(), katherine.password),
    () => sdk.loginByUsername(katherine.username ?? "", "not the password at all"),
    () => sdk.loginByUsername("nobody-at-all", katherine.password),
    () => sdk.loginByPhonePassword(number, "not the password at all"),
    () => sdk.loginByPhonePassword(someNumber(), katherine.password),
  ])
    expect(await refusalOf(call())).toEqual(wrong);
  for (const [name, password] of [
    ["", ""],
    ["no address", "x"],
    [katherine.email, ""],
  ] as const)
    await refusalOf(sdk.loginByEmail(name, password));
  expect(sdk.tokenProvider.getToken()).toBeNull();
  expect(await sessionsOf(house, katherine)).toBe(0);
});

test("somebody who is disabled reads like somebody with a wrong password", async ({ house, person, client }) => {
  const hedy = await person();
  await house.sql("UPDATE users SET disabled_at = now() WHERE id = $1", [hedy.userId]);
  expect(await codeOf(client().loginByEmail(hedy.email, hedy.password))).toBe(2333);
});

test("who bound an app of their own accord is asked for its code with 1635", async ({ house, person, client }) => {
  const edsger = await person({ apps: 1 });
  const step = await toSecondStep(client(), edsger);
  expect(step).toMatchObject({ code: 1635, totpMfaEnabled: true, mfaPhone: null, mfaEmail: null, offered: ["OTP"] });
  expect(await sessionsOf(house, edsger)).toBe(0);
});

test("of whom policy demands a factor and who has none, 1636 offers every kind that can be bound", async ({
  house,
  person,
  client,
}) => {
  const barbara = await person();
  await demandFactorOf(house, barbara);
  const step = await toSecondStep(client(), barbara);
  expect(step).toMatchObject({ code: 1636, totpMfaEnabled: false, mfaPhone: null, mfaEmail: null });
  expect(step.offered).toEqual(["OTP", "SMS", "EMAIL"]);
});

test("a login by a code alone is refused in one sentence, whoever asks", async ({ house, person, client }) => {
  const [alan, number] = [await person(), someNumber()];
  await givePhone(house, alan, number);
  const sdk = client();
  const refusal = await refusalOf(sdk.loginByPhoneCode(number, "1234"));
  for (const call of [
    () => sdk.loginByPhoneCode(someNumber(), "1234", { phoneCountryCode: "+1" }),
    () => sdk.loginByEmailCode(alan.email, "1234"),
    () => sdk.loginByEmailCode(someAddress(), "1234"),
    () => client({ appHost: `${house.url}/` }).loginByEmailCode(alan.email, "1234"), // this call alone keeps the slash
  ])
    expect(await refusalOf(call())).toEqual(refusal);
  expect(refusal.message).toMatch(/password/i);
});

test("an appHost that ends in a slash works for everything else too", async ({ house, person, client }) => {
  const katherine = await person();
  const sdk = client({ appHost: `${house.url}/` });
  insiderOf(await sdk.loginByEmail(katherine.email, katherine.password));
  expect(await sdk.mfa.getMfaAuthenticators()).toEqual([]);
});

test("the older option `host` works alone for everything but a login by an e-mailed code, which is refused anyway", async ({
  person,
  client,
  recorder,
}) => {
  const ada = await person({ apps: 1 });
  const sdk = client({ isHostOnly: true });
  const { mfaToken } = await secondStepOf(sdk.loginByEmail(ada.email, ada.password));
  const authing = client({ isHostOnly: true });
  const user = insiderOf(await authing.mfa.verifyTotpMfa({ mfaToken, totp: codeNow(secretOf(ada)) }));
  authing.setCurrentUser(user);
  expect(await authing.mfa.getMfaAuthenticators()).toHaveLength(1);
  expect((await authing.getCurrentUser())?.id).toBe(ada.userId);
  const before = recorder.heard.length;
  await expect(sdk.loginByEmailCode(ada.email, "1234")).rejects.toBeDefined();
  expect(recorder.heard.length, "it never arrives").toBe(before);
});

test("messages come in the language of the client, which is Chinese unless it says otherwise", async ({ client }) => {
  const says = async (lang: "en-US" | "zh-CN") =>
    (await refusalOf(client({ lang }).loginByEmail(someAddress(), "wrong password"))).message;
  expect(await says("en-US")).toMatch(/^[\x20-\x7e]+$/);
  expect(await says("zh-CN")).toMatch(/^[\u3000-\u9fff\uff00-\uffef、]+$/);
});

test("what the package sends beyond the password changes nothing", async ({ person, client }) => {
  const ada = await person();
  const more = { autoRegister: true, captchaCode: "1234", customData: { role: "admin" }, context: { a: 1 } };
  expect(insiderOf(await client().loginByEmail(ada.email, ada.password, more)).id).toBe(ada.userId);
  expect(await codeOf(client().loginByEmail(someAddress(), ada.password, more))).toBe(2333);
});

test("a client that handles errors itself gets code, message and data there", async ({ person, client }) => {
  const grace = await person({ apps: 1 });
  const told: unknown[] = [];
  const sdk = client({ onError: (code, message, data) => told.push({ code, message, data }) });
  await secondStepOf(sdk.loginByEmail(grace.email, grace.password));
  expect(told).toEqual([
    { code: 1635, message: expect.any(String), data: expect.objectContaining({ totpMfaEnabled: true }) },
  ]);
});
