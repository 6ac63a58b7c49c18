import { hkdfSync } from "node:crypto";
import { base64url, CompactEncrypt, compactDecrypt, EncryptJWT } from "jose";
import { decode, encode } from "next-auth/jwt";
import { beforeAll, describe, expect, test } from "vitest";
import { config } from "@/lib/config/config";
import { openToken, sealToken, type TokenKind } from "@/lib/crypto/sealed-token";
import { systemClock } from "@/lib/kernel/clock";
import { setSettings, testSettings } from "@/lib/testing/test-settings";

const salt = "tests.sealed-token";
const kinds = ["A256GCM", "A256CBC-HS512"] as const;
const claims = { sub: "grace", sid: `ses_${"Aé汉😀".repeat(9)}`, list: [1, null, { deep: true }] };
const inSeconds = () => Math.floor(systemClock.now().getTime() / 1000);
beforeAll(() => setSettings());

/** The key that next-auth derives for a kind, worked out here once more. */
function rawKey({ enc }: Pick<TokenKind, "enc">): Uint8Array {
  const [secret = ""] = config().authSecrets.reveal();
  const bytes = enc === "A256GCM" ? 32 : 64;
  return new Uint8Array(hkdfSync("sha256", secret, salt, `Auth.js Generated Encryption Key (${salt})`, bytes));
}

const partsOf = (token: string) => {
  const [header = "", key = "", iv = "", body = "", tag = ""] = token.split(".");
  return { header, key, iv, body, tag };
};

const headerOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(partsOf(token).header, "base64url").toString());

describe.each(kinds)("a token in %s", (enc) => {
  const kind: TokenKind = { salt, enc };
  const opens = (token: string) => openToken(kind, token) !== null;

  test("opens with what was sealed, and says when it was made and ends", () => {
    const { iat, exp, ...rest } = openToken(kind, sealToken(kind, claims, 360)) ?? {};
    expect(rest).toEqual(claims);
    expect(Number(exp) - Number(iat)).toBe(360);
    expect(Math.abs(Number(iat) - inSeconds())).toBeLessThan(5);
  });

  test("made here opens in jose and in next-auth", async () => {
    const token = sealToken(kind, claims, 360);
    const { plaintext, protectedHeader } = await compactDecrypt(token, rawKey(kind));
    expect(JSON.parse(Buffer.from(plaintext).toString())).toMatchObject(claims);
    expect(protectedHeader).toMatchObject({ alg: "dir", enc });
    expect(await decode({ token, secret: testSettings.AUTH_SECRET, salt })).toMatchObject(claims);
  });

  test("made by jose opens here", async () => {
    const { kid } = headerOf(sealToken(kind, claims, 360));
    const token = await new EncryptJWT(claims)
      .setProtectedHeader({ alg: "dir", enc, kid: String(kid) })
      .setExpirationTime("5 minutes")
      .encrypt(rawKey(kind));
    expect(openToken(kind, token)).toMatchObject(claims);
  });

  test("with any single bit of its text flipped it does not open", () => {
    const token = sealToken(kind, { sub: "grace", sid: "ses_1" }, 360);
    const text = Buffer.from(token, "latin1");
    const opened: string[] = [];
    for (let bit = 0; bit < text.length * 8; bit += 1) {
      const flipped = Buffer.from(text);
      flipped[bit >> 3] = (text[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (opens(flipped.toString("latin1"))) opened.push(`bit ${bit & 7} of character ${bit >> 3}`);
    }
    expect(opened).toEqual([]);
    expect(opens(token)).toBe(true);
  });

  test("with any bit flipped below the spelling it does not open", () => {
    const { header, key, ...sealed } = partsOf(sealToken(kind, { sub: "grace", sid: "ses_1" }, 360));
    for (const [name, spelled] of Object.entries(sealed)) {
      const bytes = Buffer.from(spelled, "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const spelledAnew = Object.entries(sealed).map(([part, text]) =>
          part === name ? flipped.toString("base64url") : text,
        );
        expect(opens([header, key, ...spelledAnew].join("."))).toBe(false);
      }
    }
  });

  test("cut anywhere, or with anything behind or before it, it does not open", () => {
    const token = sealToken(kind, { sub: "grace" }, 360);
    for (let end = 0; end < token.length; end += 1) {
      expect(opens(token.slice(0, end))).toBe(false);
      expect(opens(token.slice(end + 1))).toBe(false);
    }
    for (const odd of [
      `${token}.`,
      `${token}.${token}`,
      `.${token}`,
      `${token}=`,
      ` ${token}`,
      `${token}\n`,
      `${token}A`,
    ])
      expect(opens(odd)).toBe(false);
  });

  test("with a key of its own, a shorter tag or another nonce it does not open", () => {
    const { header, iv, body, tag } = partsOf(sealToken(kind, claims, 360));
    for (const odd of [
      [header, "AAAA", iv, body, tag],
      [header, "", iv, body, tag.slice(0, 16)],
      [header, "", iv, body, ""],
      [header, "", "", body, tag],
      [header, "", `${iv}AAAA`, body, tag],
      [header, "", iv, "", tag],
      [header, "", iv, `${body}====`, tag],
    ])
      expect(opens(odd.join("."))).toBe(false);
  });

  test.each([
    ["another algorithm", { alg: "A256KW" }],
    ["none", { alg: "none" }],
    ["the other encryption", { enc: enc === "A256GCM" ? "A256CBC-HS512" : "A256GCM" }],
    ["a weaker encryption", { enc: "A128GCM" }],
    ["compression", { zip: "DEF" }],
    ["a key of its own", { jwk: { kty: "oct", k: "AAAA" } }],
    ["something critical", { crit: ["exp"] }],
    ["a key that is not ours", { kid: "AAAA" }],
    ["no key's name", { kid: undefined }],
    ["a type", { typ: "JWT" }],
  ])("whose header asks for %s it does not open", (_, change) => {
    const token = sealToken(kind, claims, 360);
    const header = Buffer.from(JSON.stringify({ ...headerOf(token), ...change })).toString("base64url");
    expect(opens([header, ...token.split(".").slice(1)].join("."))).toBe(false);
  });

  test("sealed rightly under our key, but beneath a header that we do not write, it does not open", async () => {
    const { kid } = headerOf(sealToken(kind, claims, 360));
    const token = await new CompactEncrypt(Buffer.from(JSON.stringify({ ...claims, exp: inSeconds() + 60 })))
      .setProtectedHeader({ alg: "dir", enc, kid: String(kid), typ: "JWT" })
      .encrypt(rawKey(kind));
    expect(opens(token)).toBe(false);
  });

  test.each([
    ["no end", { exp: undefined }],
    ["an end that is a text", { exp: "4102444800" }],
    ["an end that is past", { exp: 1 }],
    ["a beginning that is to come", { nbf: 4_102_444_800 }],
  ])("that has %s it does not open", async (_, change) => {
    const { kid } = headerOf(sealToken(kind, claims, 360));
    const said = JSON.stringify({ ...claims, exp: inSeconds() + 60, ...change });
    const token = await new CompactEncrypt(Buffer.from(said))
      .setProtectedHeader({ alg: "dir", enc, kid: String(kid) })
      .encrypt(rawKey(kind));
    expect(opens(token)).toBe(false);
  });

  test.each(["null", "[]", '"text"', "7", "{", ""])("whose content is %s it does not open", async (said) => {
    const { kid } = headerOf(sealToken(kind, claims, 360));
    const token = await new CompactEncrypt(Buffer.from(said))
      .setProtectedHeader({ alg: "dir", enc, kid: String(kid) })
      .encrypt(rawKey(kind));
    expect(opens(token)).toBe(false);
  });

  test("a clock that is a little behind forgives fifteen seconds, and no more", () => {
    expect(opens(sealToken(kind, claims, -10))).toBe(true);
    expect(opens(sealToken(kind, claims, -20))).toBe(false);
  });

  test("sealed for another salt it does not open", () => {
    expect(openToken({ ...kind, salt: "tests.other" }, sealToken(kind, claims, 360))).toBeNull();
  });
});

test("what next-auth's own encode makes opens here, of every length that its padding knows", async () => {
  for (let length = 0; length < 40; length += 1) {
    const token = await encode({
      token: { sub: "x".repeat(length) },
      secret: testSettings.AUTH_SECRET,
      salt,
      maxAge: 60,
    });
    expect(openToken({ salt, enc: "A256CBC-HS512" }, token)).toMatchObject({ sub: "x".repeat(length) });
  }
});

test("no two tokens have the same nonce", () => {
  const kind: TokenKind = { salt, enc: "A256GCM" };
  const nonces = Array.from({ length: 500 }, () => partsOf(sealToken(kind, claims, 60)).iv);
  expect(new Set(nonces).size).toBe(500);
  expect(base64url.decode(nonces[0] ?? "")).toHaveLength(12);
});
