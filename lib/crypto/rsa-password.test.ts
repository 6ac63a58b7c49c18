import { constants, createPublicKey, generateKeyPairSync, publicEncrypt } from "node:crypto";
import { JSEncrypt } from "authing-js-sdk/build/main/lib/jsencrypt/jsencrypt";
import { beforeAll, describe, expect, test } from "vitest";
import {
  looksEncrypted,
  makePasswordKeyPair,
  openEncrypted,
  type PasswordKeyPair,
  type PasswordOpener,
  passwordOpener,
} from "@/lib/crypto/rsa-password";
import { blockPassword, malformedBlocks, blockSize as size, wellPadded } from "@/lib/testing/padded-blocks";

type Made = { readonly pair: PasswordKeyPair; readonly opener: PasswordOpener };
const make = async (): Promise<Made> => {
  const pair = await makePasswordKeyPair();
  return { pair, opener: passwordOpener(pair.privateKey) };
};

let newer: Made;
let older: Made;
beforeAll(async () => {
  [newer, older] = await Promise.all([make(), make()]);
});

/** As any RSA library does it. */
const encrypted = (password: Buffer | string, { pair }: Made = newer): Buffer =>
  publicEncrypt({ key: pair.publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(password));

/** The bare operation: whatever stands in the block. */
const raw = (block: Buffer, { pair }: Made = newer): string =>
  publicEncrypt({ key: pair.publicKey, padding: constants.RSA_NO_PADDING }, block).toString("base64");

/** As the real client does it. */
function byClient(password: string, { pair }: Made = newer): string {
  const client = new JSEncrypt({});
  client.setPublicKey(pair.publicKey);
  return String(client.encrypt(password));
}

const open = (text: string): string => openEncrypted(text, [newer.opener, older.opener]);

/** The big-endian number a little away from this one. */
const near = (number: Buffer, by: bigint): string => {
  const moved = (BigInt(`0x${number.toString("hex")}`) + by).toString(16).padStart(2 * size, "0");
  return Buffer.from(moved, "hex").toString("base64");
};

describe("what is encrypted well opens", () => {
  test("passwords of every length from none to 245 bytes", () => {
    for (let length = 0; length <= 245; length += 1) {
      const password = "x".repeat(length);
      expect(open(encrypted(password).toString("base64"))).toBe(password);
    }
  });

  test.each(["pass word", "密码 ñ ﬁ", "🦢 herons 🦢", "𠮷野家", "a\u0000b", "\u0000", " ends with a space "])(
    "%j by a library and by the real client, which writes characters beyond the first plane in its own way",
    (password) => {
      expect(open(encrypted(password).toString("base64"))).toBe(password);
      expect(open(byClient(password))).toBe(password);
    },
  );

  test("a number that begins with a zero byte, which the real client leaves out, one time in two hundred", () => {
    for (let seen = 0; seen < 2; ) {
      const whole = encrypted("seven quiet herons");
      if (whole[0] !== 0) continue;
      seen += 1;
      const short = whole.subarray(1).toString("base64");
      expect(short).toHaveLength(340);
      expect(looksEncrypted(short)).toBe(true);
      expect(open(short)).toBe("seven quiet herons");
    }
  });

  test("three hundred by the real client", () => {
    for (let n = 0; n < 300; n += 1) {
      const text = byClient(`seven quiet herons ${n}`);
      expect(looksEncrypted(text), text).toBe(true);
      expect(open(text)).toBe(`seven quiet herons ${n}`);
    }
  });

  test("a block that was padded by hand, before anything about it is changed", () => {
    expect(open(raw(wellPadded()))).toBe(blockPassword);
  });

  test("under an older key that is still accepted", () => {
    for (let n = 0; n < 40; n += 1)
      expect(open(encrypted(`herons ${n}`, older).toString("base64"))).toBe(`herons ${n}`);
  });

  test("under an older key whose numbers may be too great for the newer one", () => {
    const inOrder = [newer, older].sort((a, b) => Buffer.compare(a.opener.modulus, b.opener.modulus));
    const [small, great] = [inOrder[0] ?? newer, inOrder[1] ?? older];
    let ciphertext = encrypted("herons", great);
    while (Buffer.compare(ciphertext, small.opener.modulus) < 0) ciphertext = encrypted("herons", great);
    expect(openEncrypted(ciphertext.toString("base64"), [small.opener, great.opener])).toBe("herons");
  });
});

describe("what is padded wrongly gives a password that nobody has, always the same one", () => {
  test.each(Object.keys(malformedBlocks))("%s, a hundred times", (name) => {
    for (let n = 0; n < 100; n += 1) {
      const block = malformedBlocks[name]?.(n);
      if (!block) throw new Error("The class is there.");
      const text = raw(block);
      const opened = open(text);
      expect(typeof opened).toBe("string");
      expect(opened).not.toContain(blockPassword);
      expect(open(text)).toBe(opened);
    }
  });

  test("the numbers 0, 1, one below the modulus, the modulus itself and all above it", () => {
    const { modulus } = newer.opener;
    const zero = Buffer.alloc(size);
    const numbers = [near(zero, 0n), near(zero, 1n), near(modulus, -1n), near(modulus, 0n), near(modulus, 1n)];
    const all = [...numbers, Buffer.alloc(size, 255).toString("base64")];
    const opened = all.map((text) => openEncrypted(text, [newer.opener]));
    expect(new Set(opened).size).toBe(all.length);
    expect(all.map((text) => openEncrypted(text, [newer.opener]))).toEqual(opened);
  });

  test("another ciphertext gives another one, and so does another key: neither can be reckoned without it", () => {
    const texts = Array.from({ length: 200 }, () => raw(malformedBlocks["bytes by chance"]?.(0) ?? Buffer.alloc(size)));
    const opened = texts.map(open);
    const lengths = texts.map((text) => Buffer.from(openEncrypted(text, [newer.opener]), "utf8").length);
    expect(new Set(opened.filter((one) => one.length > 1)).size).toBeGreaterThan(190);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeGreaterThan(150); // of every length that a block holds
    const [text = ""] = texts;
    expect(openEncrypted(text, [older.opener])).not.toBe(openEncrypted(text, [newer.opener]));
  });
});

test.each([
  ["nothing", ""],
  ["a password", "seven quiet herons at dawn"],
  ["other letters", `${"A".repeat(343)}-`],
  ["letters of base64url", `${"_".repeat(341)}A==`],
  ["one letter less", `${"A".repeat(340)}A==`],
  ["one letter more", `${"A".repeat(342)}A==`],
  ["bits behind the end", `${"A".repeat(341)}B==`],
  ["no end", "A".repeat(344)],
  ["a line break", `${"A".repeat(341)}A==\n`],
  ["twice as much", `${"A".repeat(682)}==`],
  ["four bytes fewer", "A".repeat(336)],
])("%s does not look encrypted", (_, text) => expect(looksEncrypted(text)).toBe(false));

test("the public key is SPKI of 2048 bits, as clients read it", () => {
  expect(newer.pair.publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  const { modulusLength } = createPublicKey(newer.pair.publicKey).asymmetricKeyDetails ?? {};
  expect(modulusLength).toBe(2048);
});

test("a key of another size is refused", () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  expect(() => passwordOpener(privateKey.export({ type: "pkcs8", format: "pem" }).toString())).toThrow("our size");
});
