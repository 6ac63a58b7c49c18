import { codeNow } from "@/e2e/support/authenticator";
import { expect } from "@/e2e/support/fixtures";
import { letCodesBeFresh } from "@/e2e/support/house";
import { codeOf, insiderOf, replacementOf } from "@/e2e/support/sdk/answers";
import { callApi } from "@/e2e/support/sdk/api";
import { test } from "@/e2e/support/sdk/fixtures";
import { sessionsOf, toSecondStep } from "@/e2e/support/sdk/people";
import { raced } from "@/e2e/support/sdk/races";

test("a recovery code opens once, and its replacement comes with the user", async ({ person, client }) => {
  const [hedy, sdk] = [await person({ apps: 1, codes: true }), client()];
  const recoveryCode = hedy.codes[3] ?? "";
  const user = await sdk.mfa.verifyTotpRecoveryCode({ ...(await toSecondStep(sdk, hedy)), recoveryCode });
  expect(insiderOf(user).id).toBe(hedy.userId);
  const replacement = replacementOf(user);
  expect(replacement, "written as the one that was used").toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  const again = await toSecondStep(sdk, hedy);
  expect(await codeOf(sdk.mfa.verifyTotpRecoveryCode({ ...again, recoveryCode }))).toBe(6002);
  insiderOf(await sdk.mfa.verifyTotpRecoveryCode({ ...again, recoveryCode: replacement.toLowerCase() }));
});

test("the replacement stands in both places of the envelope, for clients of either kind", async ({
  house,
  app,
  person,
  client,
  address,
}) => {
  const edsger = await person({ apps: 1, codes: true });
  const { mfaToken: token } = await toSecondStep(client(), edsger);
  const body = { recoveryCode: edsger.codes[0], authenticatorType: "totp", unheardOf: [1] };
  const got = await callApi(house.url, "/api/v2/mfa/totp/recovery", { app: app.id, address, token, body });
  expect(got.code).toBe(200);
  expect(replacementOf(got)).toBe(replacementOf(got.data));
});

test("fifty calls with one recovery code at once open one session and make one replacement", async ({
  house,
  person,
  client,
}) => {
  const [barbara, sdk] = [await person({ apps: 1, codes: true }), client()];
  const { mfaToken } = await toSecondStep(sdk, barbara);
  const recoveryCode = barbara.codes[0] ?? "";
  const { won } = await raced(50, () => sdk.mfa.verifyTotpRecoveryCode({ mfaToken, recoveryCode }));
  expect(won).toHaveLength(1);
  expect(await sessionsOf(house, barbara)).toBe(1);
  const [row] = await house.sql(
    "SELECT count(*) FILTER (WHERE used_at IS NULL)::int AS unused FROM recovery_codes WHERE user_id = $1",
    [barbara.userId],
  );
  expect(row).toEqual({ unused: 10 });
});

test("any of several apps opens, and so does a recovery code while the app's codes are spent", async ({
  house,
  person,
  client,
}) => {
  const [ada, sdk] = [await person({ apps: 3, codes: true }), client()];
  const { mfaToken } = await toSecondStep(sdk, ada);
  insiderOf(await sdk.mfa.verifyTotpMfa({ mfaToken, totp: codeNow(ada.secrets[2] ?? "") }));
  await letCodesBeFresh(house, ada);
  const again = await toSecondStep(sdk, ada);
  insiderOf(await sdk.mfa.verifyTotpRecoveryCode({ ...again, recoveryCode: ada.codes[9] ?? "" }));
});
