import { expect } from "@/e2e/support/fixtures";
import { someAddress, someNumber } from "@/e2e/support/mailbox";
import { demandFactorOf } from "@/e2e/support/post-times";
import { codeOf, insiderOf, refusalOf, secondStepOf } from "@/e2e/support/sdk/answers";
import { registerApp } from "@/e2e/support/sdk/apps";
import { test } from "@/e2e/support/sdk/fixtures";
import { givePhone, sessionsOf, toSecondStep } from "@/e2e/support/sdk/people";

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

test("an app that demands a second factor demands it of everybody who comes through it", async ({
  house,
  person,
  client,
}) => {
  const ada = await person();
  const { id: appId } = await registerApp(house, { demands: true });
  const step = await toSecondStep(client({ appId }), ada);
  expect(step).toMatchObject({ code: 1636, totpMfaEnabled: false });
  expect(step.offered).toContain("OTP");
  insiderOf(await client().loginByEmail(ada.email, ada.password));
});

test("where codes go is told masked, and whole only to an app that may see it", async ({ house, person, client }) => {
  const [number, address] = [someNumber(), "loom.keeper@mail.example.test"];
  const grace = await person({ phones: [number], mails: [address] });
  const masked = await toSecondStep(client(), grace);
  expect(masked.code).toBe(1636);
  expect(masked.offered).toEqual(["SMS", "EMAIL"]);
  expect(JSON.stringify(masked)).not.toContain(number.slice(2, -4));
  expect(JSON.stringify(masked)).not.toContain("loom.keeper");
  expect(masked.mfaPhone).toContain(number.slice(-3));
  expect(masked.mfaEmail).toMatch(/^l.+@mail\.example\.test$/);
  const { id: appId } = await registerApp(house, { unmasked: true });
  const whole = await toSecondStep(client({ appId }), grace);
  expect([whole.mfaPhone, whole.mfaEmail, whole.email]).toEqual([number, address, grace.email]);
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

test("messages come in the language of the client, which is Chinese unless it says otherwise", async ({ client }) => {
  const says = async (lang: "en-US" | "zh-CN") =>
    (await refusalOf(client({ lang }).loginByEmail(someAddress(), "wrong password"))).message;
  expect(await says("en-US")).toMatch(/^[\x20-\x7e]+$/);
  expect(await says("zh-CN")).toMatch(/^[\u3000-\u9fff\uff00-\uffef、]+$/);
});

test("an app that nobody registered is refused before anything is looked at", async ({ house, person, client }) => {
  const hedy = await person();
  const right = await refusalOf(client({ appId: "nobodys-app" }).loginByEmail(hedy.email, hedy.password));
  const wrong = await refusalOf(client({ appId: "nobodys-app" }).loginByEmail(hedy.email, "not the password at all"));
  expect(right).toEqual(wrong);
  expect(await house.sql("SELECT password_failures FROM users WHERE id = $1", [hedy.userId])).toEqual([
    { password_failures: 0 },
  ]);
});

test("a client that names no app speaks for the default one", async ({ house, person, client }) => {
  const edsger = await person();
  await registerApp(house, { isDefault: true });
  const sdk = client({ appId: null });
  insiderOf(await sdk.loginByEmail(edsger.email, edsger.password));
  expect((await sdk.getCurrentUser())?.id).toBe(edsger.userId);
});

test("the visitor's address is taken from the call only when the app's own server makes it", async ({
  house,
  person,
  client,
  address,
}) => {
  const barbara = await person();
  const clientIp = "203.0.113.77";
  const { id: appId } = await registerApp(house, { servers: [`${address}/32`] });
  for (const [from, seen] of [
    [client({ appId }), clientIp],
    [client(), address],
  ] as const) {
    insiderOf(await from.loginByEmail(barbara.email, barbara.password, { clientIp }));
    const [last] = await house.sql("SELECT ip FROM sessions WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1", [
      barbara.userId,
    ]);
    expect(last).toEqual({ ip: seen });
  }
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
