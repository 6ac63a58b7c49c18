import { createHmac } from "node:crypto";
import { codeNow } from "@/e2e/support/authenticator";
import { expect } from "@/e2e/support/fixtures";
import { type House, type Resident, secretOf } from "@/e2e/support/house";
import { insiderOf } from "@/e2e/support/sdk/answers";
import { callApi } from "@/e2e/support/sdk/api";
import { userBody } from "@/e2e/support/sdk/documents";
import { test } from "@/e2e/support/sdk/fixtures";
import { sessionsOf, toSecondStep } from "@/e2e/support/sdk/people";

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");
const claimsOf = (token: string) => token.split(".")[1] ?? "";
const signed = (head: unknown, claims: string, key: string) => {
  const text = `${encoded(head)}.${claims}`;
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
};

/** What somebody could make of a token that they saw. */
const forgeries: Readonly<Record<string, (token: string) => string>> = {
  unsigned: (token) => `${encoded({ alg: "none", typ: "JWT" })}.${claimsOf(token)}.`,
  "unsigned in capitals": (token) => `${encoded({ alg: "NONE" })}.${claimsOf(token)}.`,
  "without its signature": (token) => token.split(".").slice(0, 2).join("."),
  "with an empty signature": (token) => `${token.split(".").slice(0, 2).join(".")}.`,
  "signed with nothing": (token) => signed({ alg: "HS256", typ: "JWT" }, claimsOf(token), ""),
  "signed with a guess": (token) => signed({ alg: "HS256", typ: "JWT" }, claimsOf(token), "secret"),
  "with another algorithm": (token) => signed({ alg: "HS512", typ: "JWT" }, claimsOf(token), "secret"),
  "with a key of its own": (token) =>
    signed({ alg: "HS256", jwk: { kty: "oct", k: "c2VjcmV0" }, kid: "../../dev/null" }, claimsOf(token), "secret"),
  "with other claims": (token) =>
    [
      token.split(".")[0],
      encoded({ sub: "somebody", sid: "else", aud: "any", exp: 9_999_999_999 }),
      token.split(".")[2],
    ].join("."),
  "cut short": (token) => token.slice(0, -3),
  "with a letter changed": (token) => `${token.slice(0, 60)}${token[60] === "A" ? "B" : "A"}${token.slice(61)}`,
  "twice in one": (token) => `${token},${token}`,
  "of eight thousand letters": () => "a".repeat(8000),
  undefined: () => "undefined",
  "an object": () => "[object Object]",
};

/** Calls that need a user token. */
const asUser = [
  { path: "/api/v2/users/me/security-level", method: "GET" },
  { path: "/api/v2/mfa/totp/associate", method: "DELETE" },
  { path: "/graphql/v2", method: "POST", body: userBody },
] as const;

/** Calls that need an mfaToken. */
const atSecondStep = [
  { path: "/api/v2/mfa/totp/verify", body: { totp: "123456" } },
  { path: "/api/v2/mfa/totp/recovery", body: { recoveryCode: "0000-0000-0000-0000" } },
  { path: "/api/v2/applications/mfa/sms/verify", body: { phone: "+12025550100", code: "123456" } },
  { path: "/api/v2/applications/mfa/email/verify", body: { email: "a@example.test", code: "12345678" } },
  { path: "/api/v2/applications/mfa/check", body: { email: "a@example.test" } },
] as const;

type From = { readonly app: string; readonly address: string };

async function expectNobody(house: House, from: From, ada: Resident, token: string) {
  for (const { path, ...call } of asUser)
    expect((await callApi(house.url, path, { ...from, ...call, token })).code, path).toBe(2020);
  for (const { path, ...call } of atSecondStep)
    expect((await callApi(house.url, path, { ...from, ...call, token })).code, path).toBe(2021);
  for (const method of ["GET", "POST"]) {
    const path = `/api/v2/mfa/${method === "GET" ? "authenticator" : "totp/associate"}`;
    const { code } = await callApi(house.url, path, {
      ...from,
      method,
      token,
      ...(method === "POST" && { body: {} }),
    });
    expect([2020, 2021], `${method} ${path}: either token is taken, so either is missed`).toContain(code);
  }
  await callApi(house.url, "/api/v2/logout", { ...from, method: "GET", token });
  expect(await sessionsOf(house, ada)).toBe(1);
}

test("a forged token is nobody's, whichever it was made of, and costs its owner nothing", async ({
  house,
  app,
  person,
  client,
  address,
}) => {
  const ada = await person({ apps: 1 });
  const from = { app: app.id, address };
  const { mfaToken } = await toSecondStep(client(), ada);
  const open = await toSecondStep(client(), ada);
  const { token } = insiderOf(await client().mfa.verifyTotpMfa({ mfaToken, totp: codeNow(secretOf(ada)) }));
  for (const [what, forge] of Object.entries(forgeries))
    for (const original of [token, open.mfaToken])
      await test.step(what, () => expectNobody(house, from, ada, forge(original)));
  expect((await client({ token }).getCurrentUser())?.id).toBe(ada.userId);
  const rows = await house.sql("SELECT attempts_left FROM challenges WHERE user_id = $1 AND state = 'OPEN'", [
    ada.userId,
  ]);
  expect(rows).toEqual([{ attempts_left: 5 }]);
});

test("what is sent without a token reads like what is sent with a bad one", async ({ house, app, address }) => {
  const from = { app: app.id, address };
  for (const { path, ...call } of asUser) {
    const without = await callApi(house.url, path, { ...from, ...call });
    expect(without.code, path).toBe(2020);
    for (const authorization of [
      "Bearer",
      "Bearer undefined",
      "Bearer null",
      "Basic YTpi",
      "Bearer a b",
      "bearer x.y.z",
    ])
      expect(await callApi(house.url, path, { ...from, ...call, authorization }), authorization).toEqual(without);
  }
  for (const { path, ...call } of atSecondStep) {
    const without = await callApi(house.url, path, { ...from, ...call });
    expect(without.code, path).toBe(2021);
    for (const authorization of ["Bearer undefined", "Basic YTpi", "Bearer Bearer x"])
      expect(await callApi(house.url, path, { ...from, ...call, authorization }), authorization).toEqual(without);
  }
});
