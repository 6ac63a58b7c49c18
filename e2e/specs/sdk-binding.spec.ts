import { EmailScene } from "authing-js-sdk";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";
import { expect } from "@/e2e/support/fixtures";
import { letCodesBeFresh, secretOf } from "@/e2e/support/house";
import { codeTo } from "@/e2e/support/mailbox";
import { codeOf, insiderOf, replacementOf } from "@/e2e/support/sdk/answers";
import { test } from "@/e2e/support/sdk/fixtures";
import { elevenMinutesLater, toSecondStep } from "@/e2e/support/sdk/people";
import { raced } from "@/e2e/support/sdk/races";
import { demandFactorOf } from "@/e2e/support/send-times";

const recoveryForm = /^[0-9a-f]{4}(-[0-9a-f]{4}){6}$/;

test("whoever is in binds an app, sees it listed without its secrets, and is asked for it next time", async ({
  person,
  client,
}) => {
  const [ada, sdk] = [await person(), client()];
  await sdk.loginByEmail(ada.email, ada.password);
  expect(await sdk.mfa.getMfaAuthenticators({ type: "totp" })).toEqual([]);
  const begun = await sdk.mfa.assosicateMfaAuthenticator({ authenticatorType: "totp" });
  expect(begun).toMatchObject({
    authenticator_type: "totp",
    secret: expect.stringMatching(/^[A-Z2-7]{16,}$/),
    qrcode_uri: expect.stringContaining(begun.secret),
    qrcode_data_url: expect.stringMatching(/^data:image\/png;base64,/),
    recovery_code: expect.stringMatching(recoveryForm),
  });
  const pending = await sdk.mfa.getMfaAuthenticators();
  expect(pending).toMatchObject([{ enable: false, secret: "", recoveryCode: "", authenticatorType: "totp" }]);
  const totp = codeNow(begun.secret);
  const done = await sdk.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: "totp", totp });
  expect(done).toEqual({ code: 200, message: "TOTP MFA 绑定成功" });
  const [entry] = await sdk.mfa.getMfaAuthenticators({ type: "totp", source: "SELF" });
  expect(entry).toMatchObject({ userId: ada.userId, enable: true, secret: "", recoveryCode: "" });
  expect([entry?.createdAt, entry?.updatedAt].map((at) => new Date(at ?? "").toISOString())).toEqual([
    entry?.createdAt,
    entry?.updatedAt,
  ]);
  expect((await sdk.getCurrentUser())?.id, "the session that bound it goes on").toBe(ada.userId);
  const step = await toSecondStep(client(), ada);
  expect(step).toMatchObject({ code: 1635, totpMfaEnabled: true });
  insiderOf(await sdk.mfa.verifyTotpMfa({ mfaToken: step.mfaToken, totp: codeNow(begun.secret, 1) }));
});

test("the recovery code that was handed out opens nothing before the app is confirmed, and once afterwards", async ({
  house,
  person,
  client,
}) => {
  const [grace, sdk] = [await person({ mails: ["grace@mail.example.test"] }), client()];
  const { mfaToken, mfaEmail } = await toSecondStep(sdk, grace);
  sdk.setToken(mfaToken);
  await sdk.sendEmail(mfaEmail ?? "", EmailScene.MfaVerify);
  const code = await codeTo(house, "grace@mail.example.test");
  sdk.setCurrentUser(await sdk.mfa.verifyAppEmailMfa({ mfaToken, email: mfaEmail ?? "", code }));
  const { secret, recovery_code: recoveryCode } = await sdk.mfa.assosicateMfaAuthenticator();
  const early = await toSecondStep(client(), grace);
  expect(await codeOf(client().mfa.verifyTotpRecoveryCode({ ...early, recoveryCode }))).toBe(6002);
  await sdk.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: "totp", totp: codeNow(secret) });
  const login = async () => (await toSecondStep(client(), grace)).mfaToken;
  const user = await sdk.mfa.verifyTotpRecoveryCode({ mfaToken: await login(), recoveryCode });
  expect(replacementOf(user)).toMatch(recoveryForm);
  expect(await codeOf(sdk.mfa.verifyTotpRecoveryCode({ mfaToken: await login(), recoveryCode }))).toBe(6002);
});

test("a wrong code at the confirmation is refused with 400, and the right one still binds", async ({
  person,
  client,
}) => {
  const [alan, sdk] = [await person(), client()];
  await sdk.loginByEmail(alan.email, alan.password);
  const { secret } = await sdk.mfa.assosicateMfaAuthenticator();
  const confirm = (totp?: string) =>
    sdk.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: "totp", ...(totp && { totp }) });
  expect(await codeOf(confirm(wrongCode(secret)))).toBe(400);
  expect(await codeOf(confirm()), "no code at all").toBe(400);
  await confirm(codeNow(secret));
  expect(await codeOf(confirm(codeNow(secret, 1))), "nothing is pending any more").toBe(400);
});

test("a pending app is gone after ten minutes, and in every other session", async ({ house, person, client }) => {
  const [katherine, sdk, other] = [await person(), client(), client()];
  await sdk.loginByEmail(katherine.email, katherine.password);
  await other.loginByEmail(katherine.email, katherine.password);
  const { secret } = await sdk.mfa.assosicateMfaAuthenticator();
  const given = { authenticatorType: "totp", totp: codeNow(secret) };
  expect(await other.mfa.getMfaAuthenticators()).toEqual([]);
  expect(await codeOf(other.mfa.confirmAssosicateMfaAuthenticator(given))).toBe(400);
  await house.sql("UPDATE factors SET expires_at = now() - interval '1 second' WHERE user_id = $1", [katherine.userId]);
  expect(await codeOf(sdk.mfa.confirmAssosicateMfaAuthenticator(given))).toBe(400);
  expect(await sdk.mfa.getMfaAuthenticators()).toEqual([]);
});

test("fifty confirmations at once bind one app", async ({ house, person, client }) => {
  const [hedy, sdk] = [await person(), client()];
  await sdk.loginByEmail(hedy.email, hedy.password);
  const { secret } = await sdk.mfa.assosicateMfaAuthenticator();
  const given = { authenticatorType: "totp", totp: codeNow(secret) };
  const { won } = await raced(50, () => sdk.mfa.confirmAssosicateMfaAuthenticator(given));
  expect(won).toHaveLength(1);
  expect(await house.sql("SELECT state FROM factors WHERE user_id = $1", [hedy.userId])).toEqual([{ state: "ACTIVE" }]);
});

test("twenty beginnings at once leave one app to confirm", async ({ house, person, client }) => {
  const [barbara, sdk] = [await person(), client()];
  await sdk.loginByEmail(barbara.email, barbara.password);
  const { won } = await raced(20, () => sdk.mfa.assosicateMfaAuthenticator());
  expect(won.length).toBeGreaterThan(0);
  const left = await house.sql("SELECT state FROM factors WHERE user_id = $1", [barbara.userId]);
  expect(left).toEqual([{ state: "PENDING" }]);
});

test("fifty unbindings of the last app at once are one change that waits, and one letter", async ({
  house,
  person,
  client,
}) => {
  const [ada, sdk] = [await person({ apps: 1 }), client()];
  const step = await toSecondStep(sdk, ada);
  sdk.setCurrentUser(await sdk.mfa.verifyTotpMfa({ ...step, totp: codeNow(secretOf(ada)) }));
  await raced(50, () => sdk.mfa.deleteMfaAuthenticator());
  expect(await sdk.mfa.getMfaAuthenticators()).toHaveLength(1);
  const changes = "SELECT kind, state FROM pending_changes WHERE user_id = $1";
  expect(await house.sql(changes, [ada.userId])).toEqual([{ kind: "factor.remove", state: "WAITING" }]);
  const letters = "SELECT 1 FROM letters WHERE user_id = $1 AND kind = 'change.waits'";
  expect(await house.sql(letters, [ada.userId])).toHaveLength(1);
});

test("unbinding the last app waits; when it is due every app is gone, and the next login asks for no code", async ({
  house,
  person,
  client,
}) => {
  const [edsger, sdk] = [await person(), client()];
  await sdk.loginByEmail(edsger.email, edsger.password);
  const { secret } = await sdk.mfa.assosicateMfaAuthenticator();
  await sdk.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: "totp", totp: codeNow(secret) });
  expect(await sdk.mfa.deleteMfaAuthenticator()).toEqual({ code: 200, message: "TOTP MFA 解绑成功" });
  expect(await sdk.mfa.getMfaAuthenticators()).toHaveLength(1);
  await house.sql("UPDATE pending_changes SET told_at = now(), due_at = now() WHERE user_id = $1", [edsger.userId]);
  const left = "SELECT 1 FROM factors WHERE user_id = $1";
  await expect.poll(() => house.sql(left, [edsger.userId])).toEqual([]);
  insiderOf(await client().loginByEmail(edsger.email, edsger.password));
});

test("unbinding what was only begun, or nothing at all, is answered like the package expects", async ({
  person,
  client,
}) => {
  const [barbara, sdk] = [await person(), client()];
  await sdk.loginByEmail(barbara.email, barbara.password);
  expect(await sdk.mfa.deleteMfaAuthenticator()).toMatchObject({ code: 200 });
  await sdk.mfa.assosicateMfaAuthenticator();
  expect(await sdk.mfa.deleteMfaAuthenticator()).toMatchObject({ code: 200 });
  expect(await sdk.mfa.getMfaAuthenticators()).toEqual([]);
});

test("binding and unbinding ask for a proof that is younger than ten minutes: 2206, and a new login gives it", async ({
  house,
  person,
  client,
}) => {
  const [ada, sdk] = [await person({ apps: 1 }), client()];
  const first = await toSecondStep(sdk, ada);
  sdk.setCurrentUser(await sdk.mfa.verifyTotpMfa({ ...first, totp: codeNow(secretOf(ada)) }));
  await elevenMinutesLater(house, ada);
  expect(await codeOf(sdk.mfa.assosicateMfaAuthenticator())).toBe(2206);
  expect(await codeOf(sdk.mfa.deleteMfaAuthenticator())).toBe(2206);
  expect(await sdk.mfa.getMfaAuthenticators()).toHaveLength(1);
  await letCodesBeFresh(house, ada);
  const again = await toSecondStep(sdk, ada);
  sdk.setCurrentUser(await sdk.mfa.verifyTotpMfa({ ...again, totp: codeNow(secretOf(ada)) }));
  expect(await sdk.mfa.deleteMfaAuthenticator()).toMatchObject({ code: 200 });
  const waiting = "SELECT kind FROM pending_changes WHERE user_id = $1 AND state = 'WAITING'";
  expect(await house.sql(waiting, [ada.userId])).toEqual([{ kind: "factor.remove" }]);
});

test("what policy demands is not taken away: 2207, and the app is still there", async ({ house, person, client }) => {
  const [grace, sdk] = [await person({ apps: 1 }), client()];
  await demandFactorOf(house, grace);
  const step = await toSecondStep(sdk, grace);
  expect(step.code).toBe(1636);
  sdk.setCurrentUser(await sdk.mfa.verifyTotpMfa({ ...step, totp: codeNow(secretOf(grace)) }));
  expect(await codeOf(sdk.mfa.deleteMfaAuthenticator())).toBe(2207);
  expect(await sdk.mfa.getMfaAuthenticators()).toMatchObject([{ enable: true }]);
});

test("without a token nothing is listed, begun, confirmed or taken away", async ({ client }) => {
  const sdk = client();
  for (const call of [
    () => sdk.mfa.getMfaAuthenticators(),
    () => sdk.mfa.assosicateMfaAuthenticator(),
    () => sdk.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: "totp", totp: "123456" }),
    () => sdk.mfa.deleteMfaAuthenticator(),
  ])
    expect(await codeOf(call())).toBe(2020);
});
