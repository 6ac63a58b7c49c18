import { base64url, SignJWT } from "jose";
import { afterEach, describe, expect, test } from "vitest";
import { readToken, signToken } from "@/lib/crypto/signed-token";
import { setSettings, testSettings } from "@/lib/testing/test-settings";

setSettings();
afterEach(() => setSettings());

const now = new Date("2030-01-07T09:00:00.000Z");
const seconds = Math.floor(now.getTime() / 1000);
const claims = { sub: "grace", aud: "shop", iat: seconds, exp: seconds + 60 };
const asShop = { audience: "shop", now };
const salt = "kind.v1";
const part = (value: object) => base64url.encode(JSON.stringify(value));

test("says what was signed, to those it is meant for, while it lives", async () => {
  const token = await signToken(salt, claims);
  expect(await readToken(salt, token, asShop)).toEqual(claims);
  expect(await readToken(salt, token, { audience: "another", now })).toBeNull();
  expect(await readToken("kind.v2", token, asShop)).toBeNull();
  expect(await readToken(salt, token, { audience: "shop", now: new Date(now.getTime() + 76_000) })).toBeNull();
});

describe("forged", () => {
  test.each(["none", "None", "NONE", "HS512", "RS256"])("with the algorithm %s, it says nothing", async (alg) => {
    const real = await signToken(salt, claims);
    const [head = "", body = "", signature = ""] = real.split(".");
    const { kid } = JSON.parse(Buffer.from(head, "base64url").toString());
    for (const sign of ["", signature, "AAAA"])
      expect(await readToken(salt, `${part({ alg, kid, typ: "JWT" })}.${body}.${sign}`, asShop)).toBeNull();
  });

  test("under a key of somebody else's with our key's name, or the public parts as the key, it says nothing", async () => {
    const [head = ""] = (await signToken(salt, claims)).split(".");
    const { kid } = JSON.parse(Buffer.from(head, "base64url").toString());
    for (const key of ["guess".repeat(8), kid.padEnd(32, "x"), testSettings.AUTH_SECRET]) {
      const forged = await new SignJWT(claims)
        .setProtectedHeader({ alg: "HS256", kid })
        .sign(new TextEncoder().encode(key));
      expect(await readToken(salt, forged, asShop)).toBeNull();
    }
  });

  test.each(["", "..", "a.b.c", "x".repeat(5000), "eyJhbGciOiJub25lIn0.e30."])("%j says nothing", async (token) => {
    expect(await readToken(salt, token, asShop)).toBeNull();
  });

  test("with one character of any part changed, it says nothing", async () => {
    const token = await signToken(salt, claims);
    for (let at = 0; at < token.length - 1; at += 7) {
      const other = token[at] === "A" ? "B" : "A";
      const changed = `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
      expect(await readToken(salt, changed, asShop), `at ${at}`).toBeNull();
    }
  });
});

test("with a new secret in front the old tokens still speak; without the old one they do not", async () => {
  const token = await signToken(salt, claims);
  const fresh = "a fresh secret for tests and for nothing else";
  setSettings({ AUTH_SECRET: `${fresh},${testSettings.AUTH_SECRET}` });
  expect(await readToken(salt, token, asShop)).toEqual(claims);
  setSettings({ AUTH_SECRET: fresh });
  expect(await readToken(salt, token, asShop)).toBeNull();
});
