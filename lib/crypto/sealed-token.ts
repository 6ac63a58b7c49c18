import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { config } from "@/lib/config/config";
import { systemClock } from "@/lib/kernel/clock";

/**
 * A kind of sealed token: its own salt, so that no token of one kind opens as another, and how it is encrypted. next-auth makes
 * A256CBC-HS512 and reads both.
 */
export type TokenKind = { readonly salt: string; readonly enc: keyof typeof encryptions };

/** What a token says: JSON. */
export type Claims = Readonly<Record<string, unknown>>;

type Sealed = { readonly iv: Buffer; readonly body: Buffer; readonly tag: Buffer };

/** One way to encrypt with its associated data, the header: RFC 7518, section 5. `open` throws for whatever was not sealed so. */
type Encryption = {
  readonly keyBytes: number;
  readonly nonceBytes: number;
  readonly tagBytes: number;
  readonly seal: (key: Buffer, iv: Buffer, header: Buffer, text: Buffer) => Pick<Sealed, "body" | "tag">;
  readonly open: (key: Buffer, header: Buffer, sealed: Sealed) => Buffer;
};

const encryptions = {
  A256GCM: { keyBytes: 32, nonceBytes: 12, tagBytes: 16, seal: sealGcm, open: openGcm },
  "A256CBC-HS512": { keyBytes: 64, nonceBytes: 16, tagBytes: 32, seal: sealCbc, open: openCbc },
} as const satisfies Record<string, Encryption>;

/** `header`: the one that every token under this key begins with, as it stands in the token. */
type Key = { readonly header: string; readonly key: Buffer };

/** The clock of another portal of the house may be so much behind, in seconds. */
const tolerance = 15;

const longest = 4096;

const rings = new WeakMap<readonly string[], Map<string, readonly Key[]>>();

/**
 * Seals claims as next-auth's `encode` does (a JWE, direct encryption; RFC 7516), in the way that the kind says; next-auth's `decode` opens
 * it. The library derives its key and the key's name anew for every token; here they are made once. `maxAge` in seconds.
 */
export function sealToken(kind: TokenKind, claims: Claims, maxAge: number): string {
  const [newest] = ringOf(kind);
  if (!newest) throw new Error("There is no AUTH_SECRET to seal with.");
  const { nonceBytes, seal } = encryptions[kind.enc];
  const iat = nowInSeconds();
  const text = Buffer.from(JSON.stringify({ ...claims, iat, exp: iat + maxAge }));
  const iv = randomBytes(nonceBytes);
  const { body, tag } = seal(newest.key, iv, Buffer.from(newest.header), text);
  return [newest.header, "", ...[iv, body, tag].map((part) => part.toString("base64url"))].join(".");
}

/**
 * The claims of a token that was sealed in this kind, under any of our secrets; null for anything forged, expired, of another kind or damaged.
 * The header is not read: it is the one that we or next-auth write for a key of ours, letter by letter, or the token is none.
 */
export function openToken(kind: TokenKind, token: string | undefined): Claims | null {
  if (token === undefined || token.length > longest) return null;
  const [header = "", key, ...parts] = token.split(".");
  const found = ringOf(kind).find((one) => one.header === header);
  const sealed = key === "" && found ? sealedOf(kind, parts) : null;
  if (!found || !sealed) return null;
  try {
    const text = encryptions[kind.enc].open(found.key, Buffer.from(header), sealed);
    const claims: unknown = JSON.parse(text.toString("utf8"));
    return isClaims(claims) && isInTime(claims) ? claims : null;
  } catch {
    return null; // a wrong tag or padding, or no JSON: to us they are all the same
  }
}

/** The bytes of nonce, text and tag; null where one is not spelled as we spell it, or has another length. */
function sealedOf({ enc }: TokenKind, parts: readonly string[]): Sealed | null {
  const [iv, body, tag, ...more] = parts.map((part) => Buffer.from(part, "base64url"));
  if (!iv || !body || !tag || more.length > 0) return null;
  const { nonceBytes, tagBytes } = encryptions[enc];
  const isSpelledSo = [iv, body, tag].every((bytes, place) => bytes.toString("base64url") === parts[place]);
  return isSpelledSo && iv.length === nonceBytes && tag.length === tagBytes ? { iv, body, tag } : null;
}

function sealGcm(key: Buffer, iv: Buffer, header: Buffer, text: Buffer) {
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(header);
  const body = Buffer.concat([cipher.update(text), cipher.final()]);
  return { body, tag: cipher.getAuthTag() };
}

function openGcm(key: Buffer, header: Buffer, { iv, body, tag }: Sealed): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: tag.length })
    .setAAD(header)
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

/** The first half of the key makes the tag, the second encrypts. */
function sealCbc(key: Buffer, iv: Buffer, header: Buffer, text: Buffer) {
  const cipher = createCipheriv("aes-256-cbc", key.subarray(32), iv);
  const body = Buffer.concat([cipher.update(text), cipher.final()]);
  return { body, tag: tagCbc(key, iv, header, body) };
}

/** The tag first: of what was not sealed here nothing is decrypted, so that no padding can be asked about. */
function openCbc(key: Buffer, header: Buffer, { iv, body, tag }: Sealed): Buffer {
  if (!timingSafeEqual(tagCbc(key, iv, header, body), tag)) throw new Error("The tag is another.");
  const decipher = createDecipheriv("aes-256-cbc", key.subarray(32), iv);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

function tagCbc(key: Buffer, iv: Buffer, header: Buffer, body: Buffer): Buffer {
  const headerBits = Buffer.alloc(8);
  headerBits.writeBigUInt64BE(BigInt(header.length * 8));
  const mac = createHmac("sha512", key.subarray(0, 32)).update(header).update(iv).update(body).update(headerBits);
  return mac.digest().subarray(0, 32);
}

const isClaims = (value: unknown): value is Claims =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whoever seals says until when (RFC 7519, 4.1.4). */
function isInTime({ exp, nbf }: Claims): boolean {
  const now = nowInSeconds();
  return (
    typeof exp === "number" &&
    exp > now - tolerance &&
    (nbf === undefined || (typeof nbf === "number" && nbf <= now + tolerance))
  );
}

const nowInSeconds = () => Math.floor(systemClock.now().getTime() / 1000);

function ringOf(kind: TokenKind): readonly Key[] {
  const secrets = config().authSecrets.reveal();
  const byKind = rings.get(secrets) ?? new Map<string, readonly Key[]>();
  rings.set(secrets, byKind);
  const name = `${kind.enc} ${kind.salt}`;
  const ring = byKind.get(name) ?? secrets.map((secret) => deriveKey(kind, secret));
  byKind.set(name, ring);
  return ring;
}

/** The key that next-auth would derive from this secret for this salt (HKDF, RFC 5869), and the header with the name that it would give it (RFC 7638). */
function deriveKey({ salt, enc }: TokenKind, secret: string): Key {
  const { keyBytes } = encryptions[enc];
  const info = `Auth.js Generated Encryption Key (${salt})`;
  const key = Buffer.from(hkdfSync("sha256", secret, salt, info, keyBytes));
  const named = JSON.stringify({ k: key.toString("base64url"), kty: "oct" });
  const kid = createHash(`sha${keyBytes * 8}`)
    .update(named)
    .digest("base64url");
  return { key, header: Buffer.from(JSON.stringify({ alg: "dir", enc, kid })).toString("base64url") };
}
