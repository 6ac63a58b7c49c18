import {
  constants,
  createHash,
  createHmac,
  createPrivateKey,
  generateKeyPair,
  hkdfSync,
  type KeyObject,
  privateDecrypt,
} from "node:crypto";
import { promisify } from "node:util";
import { utf8FromCesu } from "@/lib/crypto/cesu";
import { choose, rejected, unpadded } from "@/lib/crypto/unpad";
import { policy } from "@/lib/policy/policy";

const size = policy.passwordKey.bits / 8;

/** Under what a private key is sealed; key rotation asks too. */
export const passwordKeySealedFor = (id: string) => ({ use: "enc:password-key", owner: [id] }) as const;

/** A pair as it is stored: SPKI and PKCS #8, both PEM. */
export type PasswordKeyPair = { readonly publicKey: string; readonly privateKey: string };

/** Makes a pair of 2048 bits in another thread: some tenths of a second. */
export async function makePasswordKeyPair(): Promise<PasswordKeyPair> {
  return promisify(generateKeyPair)("rsa", {
    modulusLength: policy.passwordKey.bits,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

/** A private key made ready to open passwords. */
export type PasswordOpener = {
  readonly key: KeyObject;
  readonly modulus: Buffer;
  /** What the passwords of broken ciphertexts are derived from: known to nobody who does not have the key. */
  readonly rejection: Buffer;
};

/** In: PKCS #8, PEM. Throws for anything that is no RSA key of our size. */
export function passwordOpener(privateKey: string): PasswordOpener {
  const key = createPrivateKey(privateKey);
  const { n, d } = key.export({ format: "jwk" });
  const modulus = Buffer.from(n ?? "", "base64url");
  if (d === undefined || modulus.length !== size) throw new Error("A password key is not an RSA key of our size.");
  return { key, modulus, rejection: createHash("sha256").update(Buffer.from(d, "base64url")).digest() };
}

/**
 * Is this what clients make of a password: canonical base64 of as many bytes as the modulus has? Of up to three fewer as well: the client that
 * this is for writes the number without its leading zero bytes, one time in some two hundred. A password that looks so is taken for an encrypted one.
 */
export const looksEncrypted = (text: string): boolean =>
  /^(?:[A-Za-z0-9+/]{341}[AQgw]==|[A-Za-z0-9+/]{340}|[A-Za-z0-9+/]{338}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/]{337}[AQgw]==)$/.test(
    text,
  );

/**
 * The password in `text` (`looksEncrypted`), opened with the first of `openers` under which its padding is right (PKCS #1 v1.5, RFC 8017, 7.2.2).
 * Where it is right under none, a password that nobody has (implicit rejection, after draft-irtf-cfrg-rsa-guidance): derived from the first key and
 * the ciphertext, so the same text always gives the same one. Every key is always tried, and nothing here branches on what was inside, because who
 * can tell bad padding from a wrong password can read other people's ciphertexts (Bleichenbacher; Marvin, CVE-2023-46809). Needs at least one opener.
 */
export function openEncrypted(text: string, openers: readonly [PasswordOpener, ...PasswordOpener[]]): string {
  const bytes = Buffer.from(text, "base64");
  const ciphertext = Buffer.concat([Buffer.alloc(size - bytes.length), bytes]);
  const [first] = openers;
  let message = rejected(seedOf(first, ciphertext));
  for (const opener of [...openers].reverse()) message = choose(unpadded(numberUnder(opener, ciphertext)), message);
  return utf8FromCesu(message.block.subarray(size - message.length));
}

/** As many bytes as `rejected` wants: a function of key and ciphertext that only who has the key can reckon. */
function seedOf({ rejection }: PasswordOpener, ciphertext: Buffer): Uint8Array {
  const secret = createHmac("sha256", rejection).update(ciphertext).digest();
  return new Uint8Array(hkdfSync("sha256", secret, "", "sallyport rejected password", size + 2));
}

/** The bare RSA operation. A number that is not below the modulus, which everybody can see, gives a block whose padding is wrong. */
function numberUnder({ key, modulus }: PasswordOpener, ciphertext: Buffer): Uint8Array {
  if (Buffer.compare(ciphertext, modulus) >= 0) return Buffer.alloc(size);
  return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, ciphertext);
}
