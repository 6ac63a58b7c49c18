import { hkdfSync } from "node:crypto";
import { base64url, calculateJwkThumbprint, EncryptJWT, type JWTPayload, jwtDecrypt } from "jose";
import { config } from "@/lib/config/config";

/**
 * A kind of sealed token: its own salt, so that no token of one kind opens as another, and how it is encrypted. next-auth makes
 * A256CBC-HS512 and reads both; A256GCM takes a sixth of the work.
 */
export type TokenKind = { readonly salt: string; readonly enc: "A256CBC-HS512" | "A256GCM" };

type Key = { readonly kid: string; readonly key: Uint8Array | CryptoKey };

const rings = new WeakMap<readonly string[], Map<string, Promise<readonly Key[]>>>();

/**
 * Seals claims as next-auth's `encode` does (a JWE, direct encryption; RFC 7516), in the way that the kind says; next-auth's `decode` opens
 * it. The library derives its key and the key's name anew for every token; here they are made once. `maxAge` in seconds.
 */
export async function sealToken(kind: TokenKind, claims: JWTPayload, maxAge: number): Promise<string> {
  const [newest] = await ringOf(kind);
  if (!newest) throw new Error("There is no AUTH_SECRET to seal with.");
  return new EncryptJWT(claims)
    .setProtectedHeader({ alg: "dir", enc: kind.enc, kid: newest.kid })
    .setIssuedAt()
    .setExpirationTime(`${maxAge} s`)
    .encrypt(newest.key);
}

/** The claims of a token that we sealed in this kind, under any of our secrets; null for anything forged, expired, of another kind or damaged. */
export async function openToken(kind: TokenKind, token: string | undefined): Promise<JWTPayload | null> {
  if (token === undefined || token === "" || token.length > 4096) return null;
  const ring = await ringOf(kind);
  try {
    const { payload } = await jwtDecrypt(token, ({ kid }) => keyOf(ring, kid), {
      clockTolerance: 15,
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: [kind.enc],
    });
    return payload;
  } catch {
    return null; // the library throws for every kind of damage; to us they are all the same
  }
}

function keyOf(ring: readonly Key[], kid: string | undefined): Key["key"] {
  const found = ring.find((one) => one.kid === kid);
  if (!found) throw new Error("A token under a key that is not ours.");
  return found.key;
}

function ringOf(kind: TokenKind): Promise<readonly Key[]> {
  const secrets = config().authSecrets.reveal();
  const byKind = rings.get(secrets) ?? new Map<string, Promise<readonly Key[]>>();
  rings.set(secrets, byKind);
  const name = `${kind.enc} ${kind.salt}`;
  const ring = byKind.get(name) ?? Promise.all(secrets.map((secret) => deriveKey(kind, secret)));
  byKind.set(name, ring);
  ring.catch(() => byKind.delete(name)); // what could not be derived is tried again at the next token
  return ring;
}

/** The key that next-auth would derive from this secret for this salt (HKDF, RFC 5869), under the name that it would give it (RFC 7638). */
async function deriveKey({ salt, enc }: TokenKind, secret: string): Promise<Key> {
  const bytes = enc === "A256GCM" ? 32 : 64;
  const raw = new Uint8Array(hkdfSync("sha256", secret, salt, `Auth.js Generated Encryption Key (${salt})`, bytes));
  const kid = await calculateJwkThumbprint(
    { kty: "oct", k: base64url.encode(raw) },
    enc === "A256GCM" ? "sha256" : "sha512",
  );
  if (enc !== "A256GCM") return { kid, key: raw };
  return { kid, key: await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]) };
}
