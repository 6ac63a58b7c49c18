import { hkdfSync } from "node:crypto";
import { type JWTPayload, jwtVerify, SignJWT } from "jose";
import { config } from "@/lib/config/config";
import { sha256 } from "@/lib/crypto/digest";

/** One algorithm, named when signing and when reading, never taken from a token (RFC 8725, 3.1). */
const algorithm = "HS256";

type Key = { readonly kid: string; readonly key: CryptoKey };

const rings = new WeakMap<readonly string[], Map<string, Promise<readonly Key[]>>>();

/**
 * Signs claims as a JWT (RFC 7519) that others can read and nobody can change: HS256 under a key of 256 bits that is derived from the newest
 * secret for this `salt`, so that no kind of token passes for another (HKDF, RFC 5869). `exp` and `iat` are the caller's, in seconds.
 */
export async function signToken(salt: string, claims: JWTPayload): Promise<string> {
  const [newest] = await ringOf(salt);
  if (!newest) throw new Error("There is no AUTH_SECRET to sign with.");
  return new SignJWT(claims).setProtectedHeader({ alg: algorithm, typ: "JWT", kid: newest.kid }).sign(newest.key);
}

/**
 * The claims of a token that we signed for this salt and `audience`, under any of our secrets; null for anything forged, expired at `now`, meant
 * for others, unsigned or damaged.
 */
export async function readToken(
  salt: string,
  token: string,
  { audience, now }: { readonly audience: string; readonly now: Date },
): Promise<JWTPayload | null> {
  if (token.length > 4096) return null;
  const ring = await ringOf(salt);
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyOf(ring, kid), {
      algorithms: [algorithm],
      audience,
      currentDate: now,
      clockTolerance: 15,
    });
    return payload;
  } catch {
    return null; // the library throws for every kind of damage; to us they are all the same
  }
}

function keyOf(ring: readonly Key[], kid: string | undefined): CryptoKey {
  const found = ring.find((one) => one.kid === kid);
  if (!found) throw new Error("A token under a key that is not ours.");
  return found.key;
}

function ringOf(salt: string): Promise<readonly Key[]> {
  const secrets = config().authSecrets.reveal();
  const bySalt = rings.get(secrets) ?? new Map<string, Promise<readonly Key[]>>();
  rings.set(secrets, bySalt);
  const ring = bySalt.get(salt) ?? Promise.all(secrets.map((secret) => deriveKey(salt, secret)));
  bySalt.set(salt, ring);
  ring.catch(() => bySalt.delete(salt)); // what could not be derived is tried again at the next token
  return ring;
}

async function deriveKey(salt: string, secret: string): Promise<Key> {
  const raw = new Uint8Array(hkdfSync("sha256", secret, salt, "Sallyport signed token", 32));
  const kid = sha256(`kid ${Buffer.from(raw).toString("base64url")}`).slice(0, 12);
  const use: KeyUsage[] = ["sign", "verify"];
  return { kid, key: await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, use) };
}
