import { EmailScene } from "authing-js-sdk";
import { codeNow } from "@/e2e/support/authenticator";
import { expect } from "@/e2e/support/fixtures";
import { secretOf } from "@/e2e/support/house";
import { codeTo, lettersTo } from "@/e2e/support/mailbox";
import { codeOf, secondStepOf } from "@/e2e/support/sdk/answers";
import { asWritten } from "@/e2e/support/sdk/client";
import { test } from "@/e2e/support/sdk/fixtures";
import { sessionsOf } from "@/e2e/support/sdk/people";

const password = "nine calm otters under a bridge";

test("a forgotten password: the letter's code sets a new one, with a second step where a factor is bound, and no token comes from it", async ({
  house,
  person,
  client,
}) => {
  const [sdk, ada, grace] = [client(), await person(), await person({ apps: 1 })];
  await asWritten(sdk, "sendEmail", ada.email); // as the documentation has it, its scene is undefined
  const code = await codeTo(house, ada.email);
  expect(await codeOf(sdk.resetPasswordByEmailCode(ada.email, "00000000", password))).toBe(2001);
  expect(await codeOf(sdk.resetPasswordByEmailCode(ada.email, code, "short"))).toBe(400);
  expect(await sdk.resetPasswordByEmailCode(ada.email, code, password)).toMatchObject({ code: 200 });
  expect((await sdk.loginByEmail(ada.email, password)).id).toBe(ada.userId);
  await sdk.sendEmail(grace.email, EmailScene.ResetPassword);
  const hers = await codeTo(house, grace.email);
  const { mfaToken } = await secondStepOf(sdk.resetPasswordByEmailCode(grace.email, hers, password));
  const user = await sdk.mfa.verifyTotpMfa({ mfaToken, totp: codeNow(secretOf(grace)) });
  expect(user).toMatchObject({ id: grace.userId, token: null });
  expect(await sessionsOf(house, grace)).toBe(0);
  await secondStepOf(sdk.loginByEmail(grace.email, password));
  await sdk.sendEmail("nobody@example.test", EmailScene.ResetPassword);
  expect(await lettersTo(house, "nobody@example.test")).toEqual([]);
});
