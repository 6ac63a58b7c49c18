import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";
import { cookieName } from "@/e2e/support/cookies";
import { giveCookie } from "@/e2e/support/entry";
import { expect } from "@/e2e/support/fixtures";
import { letCodesBeFresh, secretOf } from "@/e2e/support/house";
import { codeOf, insiderOf, refusalOf, replacementOf } from "@/e2e/support/sdk/answers";
import { test } from "@/e2e/support/sdk/fixtures";
import { toSecondStep } from "@/e2e/support/sdk/people";
import { settle } from "@/e2e/support/settled";

test("an app that was bound by the package opens the pages, its recovery code too, and both are seen there", async ({
  page,
  house,
  person,
  client,
}) => {
  const [ada, sdk] = [await person(), client()];
  await sdk.loginByEmail(ada.email, ada.password);
  const { secret, recovery_code: code } = await sdk.mfa.assosicateMfaAuthenticator();
  await sdk.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: "totp", totp: codeNow(secret) });
  await letCodesBeFresh(house, ada);
  await loginScreen(page).does.open();
  await loginScreen(page).does.logIn(ada);
  const [challenge, account] = [challengeScreen(page), accountScreen(page)];
  await challenge.does.typeCode(codeNow(secret));
  await account.sees.isHere();
  await account.sees.text("Authenticator app");
  await account.does.open("/security/recovery-codes");
  await account.sees.text("One code is left.");
  await account.does.logOut();
  await loginScreen(page).does.logIn(ada);
  await challenge.does.chooseAnotherWay();
  await challenge.does.chooseRecovery();
  await challenge.does.sendRecoveryCode(code.toUpperCase().replaceAll("-", " "));
  await codesScreen(page).sees.codes(1);
  expect((await codesScreen(page).does.read())[0]).toMatch(/^[0-9a-f]{4}(-[0-9a-f]{4}){6}$/);
});

test("an app that was bound in the pages is asked for by the package, and the pages' recovery codes open there", async ({
  page,
  house,
  guest,
  client,
}) => {
  const [grace, sdk] = [await guest(), client()];
  const [account, enrolment, codes] = [accountScreen(page), enrolmentScreen(page), codesScreen(page)];
  await account.does.open();
  await account.does.addApp();
  const secret = await enrolment.does.readSecret();
  await enrolment.does.confirm(codeNow(secret));
  await codes.sees.codes(10);
  const [saved = ""] = await codes.does.read();
  await letCodesBeFresh(house, grace);
  const step = await toSecondStep(sdk, grace);
  expect(step.code).toBe(1635);
  const user = await sdk.mfa.verifyTotpMfa({ mfaToken: step.mfaToken, totp: codeNow(secret) });
  sdk.setCurrentUser(user);
  expect(await sdk.mfa.getMfaAuthenticators()).toMatchObject([{ enable: true, secret: "" }]);
  const again = await toSecondStep(sdk, grace);
  replacementOf(await sdk.mfa.verifyTotpRecoveryCode({ ...again, recoveryCode: saved }));
});

test("an app that is removed in the pages is gone for the package, and its sessions are over", async ({
  page,
  house,
  guest,
  client,
}) => {
  const [alan, sdk] = [await guest({ apps: 1 }), client()];
  const step = await toSecondStep(sdk, alan);
  sdk.setCurrentUser(await sdk.mfa.verifyTotpMfa({ ...step, totp: codeNow(secretOf(alan)) }));
  await letCodesBeFresh(house, alan);
  await settle(house, alan);
  await page.goto(`/security/factors/${alan.factorIds[0]}`);
  await page.getByRole("link", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  await accountScreen(page).sees.isHere();
  await expect
    .poll(async () => (await house.sql("SELECT 1 FROM factors WHERE user_id = $1", [alan.userId])).length)
    .toBe(0);
  expect(await sdk.getCurrentUser()).toBeNull();
  insiderOf(await sdk.loginByEmail(alan.email, alan.password));
});

test("wrong passwords through the package and through the pages count in one counter", async ({
  page,
  person,
  client,
}) => {
  const [katherine, sdk] = [await person(), client()];
  const wrong = { ...katherine, password: "not the password at all" };
  const login = loginScreen(page);
  await login.does.open();
  for (let round = 1; round <= 2; round += 1) {
    expect(await codeOf(sdk.loginByEmail(wrong.email, wrong.password))).toBe(2333);
    await login.does.logIn(wrong);
    await login.sees.refusal(katherine.email);
  }
  expect(await codeOf(sdk.loginByEmail(wrong.email, wrong.password))).toBe(2333);
  const waiting = await refusalOf(sdk.loginByEmail(katherine.email, katherine.password));
  expect(waiting).toMatchObject({ code: 1002, data: { retryAfter: expect.any(Number) } });
  await login.does.logIn(katherine);
  await login.sees.sentence(/Too many|again in|wait/i);
});

test("wrong codes through the package and through the pages count in one counter", async ({
  page,
  house,
  person,
  client,
}) => {
  const [hedy, sdk] = [await person({ apps: 1 }), client()];
  const challenge = challengeScreen(page);
  await loginScreen(page).does.open();
  await loginScreen(page).does.logIn(hedy);
  for (const round of [1, 2, 3, 4]) {
    await challenge.does.typeCode(wrongCode(secretOf(hedy), round));
    await challenge.sees.wrongCode();
  }
  const { mfaToken } = await toSecondStep(sdk, hedy);
  for (const round of [5, 6, 7, 8])
    expect(await codeOf(sdk.mfa.verifyTotpMfa({ mfaToken, totp: wrongCode(secretOf(hedy), round) }))).toBe(6001);
  const [row] = await house.sql("SELECT fails FROM buckets WHERE key LIKE 'factor.totp:' || $1 || '%'", [hedy.userId]);
  expect(row).toEqual({ fails: 8 });
});

test("a login that began in the pages cannot be finished by the package, nor the other way round", async ({
  page,
  context,
  house,
  person,
  client,
}) => {
  const [edsger, sdk] = [await person({ apps: 1 }), client()];
  await loginScreen(page).does.open();
  await loginScreen(page).does.logIn(edsger);
  await challengeScreen(page).sees.isHere();
  const ofPages = (await context.cookies()).find(({ name }) => name === cookieName(house.url, "second-door"));
  const totp = codeNow(secretOf(edsger));
  expect(await codeOf(sdk.mfa.verifyTotpMfa({ mfaToken: ofPages?.value ?? "", totp }))).toBe(2021);
  const { mfaToken } = await toSecondStep(sdk, edsger);
  await giveCookie(house, context, "second-door", mfaToken);
  await page.goto("/challenge/totp");
  await challengeScreen(page).sees.expired();
  insiderOf(await sdk.mfa.verifyTotpMfa({ mfaToken, totp }));
});
