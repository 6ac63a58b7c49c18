import type { AuthenticationClient } from "authing-js-sdk";
import { expect } from "@/e2e/support/fixtures";
import type { Resident } from "@/e2e/support/house";
import { someAddress, someNumber } from "@/e2e/support/mailbox";
import { refusalOf } from "@/e2e/support/sdk/answers";
import { callApi } from "@/e2e/support/sdk/api";
import { asWritten } from "@/e2e/support/sdk/client";
import { test } from "@/e2e/support/sdk/fixtures";
import { toSecondStep } from "@/e2e/support/sdk/people";

const picture = "https://example.test/photo.jpg";

/** What the package has methods for and the portal does not do, each as the documentation calls it. */
const calls: Readonly<Record<string, (sdk: AuthenticationClient, person: Resident) => Promise<unknown>>> = {
  "a face by address": (sdk) => sdk.mfa.associateFaceByUrl({ baseFace: picture, compareFace: picture }),
  "a face as the second step": (sdk) => asWritten(sdk.mfa, "verifyFaceMfa", picture),
  "a login by LDAP": (sdk, { email, password }) => sdk.loginByLdap(email, password),
  "a login by a sub-account": (sdk, { email, password }) => sdk.loginBySubAccount(email, password),
  "a registration by e-mail": (sdk, { password }) => sdk.registerByEmail(someAddress(), password),
  "a registration by user name": (sdk, { password }) => sdk.registerByUsername("somebody", password),
  "a registration by number": (sdk, { password }) => sdk.registerByPhoneCode(someNumber(), "1234", password),
  "a new password by message": (sdk) => sdk.resetPasswordByPhoneCode(someNumber(), "1234", "another password"),
  "another profile's name to log in with": (sdk) => sdk.updateProfile({ username: "countess" }),
  "another number": (sdk) => sdk.bindPhone(someNumber(), "1234"),
  "another address": (sdk) => sdk.bindEmail(someAddress(), "1234"),
  "no address any more": (sdk) => sdk.unbindEmail(),
  "a new password by a first login": (sdk) =>
    sdk.resetPasswordByFirstLoginToken({ token: "x", password: "nine calm otters under a bridge" }),
  "a new password that is forced": (sdk) =>
    sdk.resetPasswordByForceResetToken({ token: "x", oldPassword: "y", newPassword: "nine calm otters" }),
  "whether somebody exists": (sdk, { email }) => sdk.isUserExists({ email }),
  "fields of one's own": (sdk) => sdk.listUdv(),
  organisations: (sdk) => sdk.listOrgs(),
  "a registration by code": (sdk) => sdk.registerByEmailCode(someAddress(), "1234"),
  "apps of one's own": (sdk) => sdk.listApplications(),
  "accounts to be linked": (sdk) => sdk.linkAccount({ primaryUserToken: "x", secondaryUserToken: "y" }),
};

/** Paths of which the portal has never heard; the others are known and refused. */
const unheardOf: readonly string[] = [
  "organisations",
  "a registration by code",
  "apps of one's own",
  "accounts to be linked",
];

test("what is not offered says so in one sentence, signed in or not, and changes nothing", async ({
  house,
  person,
  client,
}) => {
  const [ada, anonymous, inside] = [await person(), client(), client()];
  await inside.loginByEmail(ada.email, ada.password);
  const token = inside.tokenProvider.getToken();
  const rows = () => house.sql("SELECT * FROM users WHERE id = $1", [ada.userId]);
  const before = await rows();
  for (const [what, call] of Object.entries(calls)) {
    const needsLogin = /^(another profile|fields)/.test(what); // the package itself looks for a user first
    const refusal = await refusalOf(call(inside, ada));
    expect(refusal.code, what).toBe(unheardOf.includes(what) ? 404 : 501);
    if (!needsLogin) expect(await refusalOf(call(anonymous, ada)), what).toEqual(refusal);
  }
  expect(inside.tokenProvider.getToken()).toBe(token);
  expect(await rows()).toEqual(before);
});

test("a face costs the login nothing", async ({ house, person, client }) => {
  const [grace, sdk] = [await person({ apps: 1 }), client()];
  const { mfaToken } = await toSecondStep(sdk, grace);
  const refusal = await refusalOf(sdk.mfa.verifyFaceMfa(picture, mfaToken));
  expect(refusal.message).toMatch(/not offer/);
  expect(await refusalOf(sdk.mfa.associateFaceByUrl({ baseFace: picture, compareFace: picture, mfaToken }))).toEqual(
    refusal,
  );
  expect(await house.sql("SELECT attempts_left FROM challenges WHERE user_id = $1", [grace.userId])).toEqual([
    { attempts_left: 5 },
  ]);
});

test("an upload is answered in JSON and kept nowhere", async ({ house, address }) => {
  const headers = { "content-type": "multipart/form-data; boundary=b" };
  const body = '--b\r\nContent-Disposition: form-data; name="file"; filename="personal.jpeg"\r\n\r\nx\r\n--b--\r\n';
  const path = "/api/v2/upload?folder=face-photo&private=true";
  const { code, message } = await callApi(house.url, path, { address, headers, body });
  expect(code).not.toBe(200);
  expect(message).toMatch(/not offer/);
});

test("the documentation's verifySmsMfa is not in the package: it is called verifyAppSmsMfa there", ({ client }) => {
  const { mfa } = client();
  expect([typeof Reflect.get(mfa, "verifySmsMfa"), typeof mfa.verifyAppSmsMfa]).toEqual(["undefined", "function"]);
});
