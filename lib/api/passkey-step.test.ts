import { afterEach, expect, test } from "vitest";
import { loginByEmail } from "@/lib/api/logins";
import { config } from "@/lib/config/config";
import { passkeySettings, withPasskey } from "@/lib/testing/passkeys";
import { someApp as app } from "@/lib/testing/some-app";
import { openHouse } from "@/lib/testing/story";
import { makePerson, type TestPerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse(passkeySettings);

afterEach(() => setSettings(passkeySettings));

const asked = ({ email, password }: TestPerson) =>
  loginByEmail.run({ ctx: house.stranger(), app, token: null, looksLikeMfa: false }, { email, password });

const passkey = (sort: number) => ({ mfaPolicy: "PASSKEY", status: 0, sort });
const code = { mfaPolicy: "OTP", status: 1, sort: 0 };

test("somebody with a passkey alone: no call answers it, and the sentence names the portal's address", async () => {
  const ada = await makePerson(house.ctx);
  await withPasskey(house.ctx, ada);
  await withRecoveryCodes(house.ctx, ada);
  expect(await asked(ada)).toMatchObject({
    code: 1636,
    message: "wire.second_step_pages",
    params: { address: config().appUrl },
    data: { passkeyEnabled: true, totpMfaEnabled: false, applicationMfa: [passkey(0)] },
  });
});

test("beside an app the passkey is named and switched off: the app's code is the way here, and the sentence is the usual one", async () => {
  const grace = await makePerson(house.ctx);
  await withPasskey(house.ctx, grace);
  await withTotp(house.ctx, grace);
  expect(await asked(grace)).toMatchObject({
    code: 1635,
    message: "wire.second_step_personal",
    data: { passkeyEnabled: true, totpMfaEnabled: true, applicationMfa: [code, passkey(1)] },
  });
});

test("somebody without a passkey reads nothing of it", async () => {
  const alan = await makePerson(house.ctx);
  await withTotp(house.ctx, alan);
  expect(await asked(alan)).toMatchObject({ code: 1635, data: { passkeyEnabled: false, applicationMfa: [code] } });
});

test("where only what no false page can take is enough, an app's code is no way either", async () => {
  setSettings({ ...passkeySettings, SECOND_FACTOR: "everyone", SECOND_FACTOR_STRENGTH: "phishing-resistant" });
  const barbara = await makePerson(house.ctx);
  await withPasskey(house.ctx, barbara);
  await withTotp(house.ctx, barbara);
  expect(await asked(barbara)).toMatchObject({
    code: 1636,
    message: "wire.second_step_pages",
    data: { passkeyEnabled: true, totpMfaEnabled: false, applicationMfa: [passkey(0)] },
  });
});
