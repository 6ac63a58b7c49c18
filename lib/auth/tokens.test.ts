import { decode, encode } from "next-auth/jwt";
import { beforeAll, describe, expect, test } from "vitest";
import { decodeMfaToken, encodeMfaToken } from "@/lib/auth/mfa-token";
import { readSessionCookie, sealSessionCookie, sessionSeal } from "@/lib/auth/session-cookie";
import { readUserToken, signUserToken } from "@/lib/auth/user-token";
import { config } from "@/lib/config/config";
import { cookieOf } from "@/lib/cookies/cookies";
import { sealToken } from "@/lib/crypto/sealed-token";
import { hours, later } from "@/lib/kernel/duration";
import { setSettings, testSettings } from "@/lib/testing/test-settings";

const pass = { challengeId: "AAAAAAAAAAAAAAAAAAAAAA", tokenId: "BBBBBBBBBBBBBBBBBBBBBB", clientId: "portal" };
const sessionToken = `ses_${"A".repeat(43)}`;
const mfaSalt = "portal.mfa-token.v1";
const mfaClaims = { purpose: "mfa", lane: "portal", cid: pass.challengeId, tid: pass.tokenId, sub: "grace" };
const secret = () => [...config().authSecrets.reveal()];
beforeAll(() => setSettings());

describe("the mfaToken", () => {
  test("carries its pass for 360 seconds, under a name and a salt of its own", async () => {
    const token = await encodeMfaToken(pass, "grace");
    expect(decodeMfaToken(token)).toEqual(pass);
    const claims = await decode({ token, secret: secret(), salt: mfaSalt });
    expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(360);
    expect(cookieOf("second-door").options).toMatchObject({ maxAge: 360 + 600, sameSite: "strict" });
  });

  test("is no session, and a session is no mfaToken", async () => {
    expect(readSessionCookie(await encodeMfaToken(pass, "grace"))).toBeNull();
    expect(decodeMfaToken(sealSessionCookie(sessionToken, "grace"))).toBeNull();
  });

  test("not even with the right claims under the other's salt", async () => {
    const session = { sub: "grace", sid: sessionToken };
    for (const enc of ["A256GCM", "A256CBC-HS512"] as const) {
      const asSession = sealToken({ salt: mfaSalt, enc }, session, 360);
      const asMfa = sealToken({ salt: "__Host-session", enc }, mfaClaims, 360);
      for (const token of [asSession, asMfa]) {
        expect(readSessionCookie(token)).toBeNull();
        expect(decodeMfaToken(token)).toBeNull();
      }
    }
  });

  test.each([
    ["of another purpose", { purpose: "reset" }],
    ["of another client", { lane: "some-app" }],
    ["without a challenge", { cid: "" }],
    ["with a challenge that is no text", { cid: 7 }],
    ["without a subject", { sub: "" }],
  ])("one %s is none", async (_, change) => {
    const token = await encode({ token: { ...mfaClaims, ...change }, secret: secret(), salt: mfaSalt, maxAge: 360 });
    expect(decodeMfaToken(token)).toBeNull();
  });

  test("made by somebody who does not have our secret, it is none", async () => {
    const forged = await encode({
      token: mfaClaims,
      secret: ["another secret that is long enough too"],
      salt: mfaSalt,
      maxAge: 360,
    });
    expect(decodeMfaToken(forged)).toBeNull();
  });

  test("an expired one is none", async () => {
    const token = await encode({ token: mfaClaims, secret: secret(), salt: mfaSalt, maxAge: -60 });
    expect(decodeMfaToken(token)).toBeNull();
  });
});

const none = {
  header: Buffer.from('{"alg":"none"}').toString("base64url"),
  body: Buffer.from(JSON.stringify(mfaClaims)).toString("base64url"),
};

test.each([
  undefined,
  "",
  "undefined",
  "null",
  "a",
  "a.b.c",
  "a.b.c.d.e",
  `${none.header}.${none.body}.`,
  "x".repeat(5000),
  "%00",
  "é",
])("%j is neither", async (value) => {
  expect(decodeMfaToken(value)).toBeNull();
  expect(readSessionCookie(value)).toBeNull();
});

test("cut, prolonged, in other case or with one character changed, it is none", async () => {
  const [mfa, session] = [await encodeMfaToken(pass, "grace"), sealSessionCookie(sessionToken, "grace")];
  const damages = [
    (t: string) => t.slice(0, -4),
    (t: string) => `${t}AAAA`,
    (t: string) => t.toUpperCase(),
    (t: string) => t.replace(/.$/, (c) => (c === "A" ? "Q" : "A")),
    (t: string) => `${t.slice(0, 40)}A${t.slice(41)}B`,
    (t: string) => encodeURIComponent(`${t} `),
  ];
  for (const damage of damages) {
    expect(decodeMfaToken(damage(mfa))).toBeNull();
    expect(readSessionCookie(damage(session))).toBeNull();
  }
});

test("a session cookie whose content is no session's token is none", async () => {
  for (const sid of [undefined, "", "ses_short", `dev_${"A".repeat(43)}`, 7]) {
    expect(readSessionCookie(sealToken(sessionSeal, { sub: "grace", sid }, 60))).toBeNull();
  }
});

test("a session cookie is what next-auth's own decode opens, and an expired one is none", async () => {
  const cookie = sealSessionCookie(sessionToken, "grace");
  const claims = await decode({ token: cookie, secret: secret(), salt: "__Host-session" });
  expect(claims).toMatchObject({ sub: "grace", sid: sessionToken });
  expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(24 * 60 * 60);
  const expired = sealToken(sessionSeal, { sub: "grace", sid: sessionToken }, -60);
  expect(readSessionCookie(expired)).toBeNull();
});

test("what another secret sealed under our key's name does not open", async () => {
  const ours = sealSessionCookie(sessionToken, "grace");
  setSettings({ AUTH_SECRET: "another secret that is long enough too" });
  const theirs = sealSessionCookie(sessionToken, "grace");
  setSettings();
  const [ourHead] = ours.split(".");
  const underOurName = [ourHead, ...theirs.split(".").slice(1)].join(".");
  expect(readSessionCookie(theirs)).toBeNull();
  expect(readSessionCookie(underOurName)).toBeNull();
  expect(readSessionCookie(ours)).toBe(sessionToken);
});

test.each([
  ["in front", true],
  ["behind", false],
])(
  "one portal has the new secret %s, the other not yet: both open what each signs, with its first",
  async (_, isNew) => {
    const fresh = "a fresh secret for tests and for nothing else";
    const lists = [`${fresh},${testSettings.AUTH_SECRET}`, `${testSettings.AUTH_SECRET},${fresh}`];
    const [signing = "", reading = ""] = isNew ? lists : lists.reverse();
    setSettings({ AUTH_SECRET: signing });
    const issuedAt = new Date("2030-01-07T09:00:00.000Z");
    const token = {
      userId: "grace",
      sessionId: "s",
      secret: sessionToken,
      issuedAt,
      expiresAt: later(issuedAt, hours(1)),
    };
    const [mfa, session] = [await encodeMfaToken(pass, "grace"), sealSessionCookie(sessionToken, "grace")];
    const user = await signUserToken("shop", token);
    const opened = async (secrets: string) => {
      setSettings({ AUTH_SECRET: secrets });
      return [decodeMfaToken(mfa), readSessionCookie(session), await readUserToken("shop", user, issuedAt)];
    };
    const [first = "", second = ""] = signing.split(",");
    expect(await opened(reading)).toEqual([pass, sessionToken, token]);
    expect(await opened(first)).toEqual([pass, sessionToken, token]);
    expect(await opened(second)).toEqual([null, null, null]);
    setSettings();
  },
);

test("with a new secret in front the old tokens still open; without the old one they do not", async () => {
  const [mfa, session] = [await encodeMfaToken(pass, "grace"), sealSessionCookie(sessionToken, "grace")];
  const fresh = "a fresh secret for tests and for nothing else";
  setSettings({ AUTH_SECRET: `${fresh},${testSettings.AUTH_SECRET}` });
  expect(decodeMfaToken(mfa)).toEqual(pass);
  expect(readSessionCookie(session)).toBe(sessionToken);
  setSettings({ AUTH_SECRET: fresh });
  expect(decodeMfaToken(mfa)).toBeNull();
  expect(readSessionCookie(session)).toBeNull();
  setSettings();
});
