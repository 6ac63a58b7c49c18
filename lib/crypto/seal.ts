import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type Keyring, type KeyUse, keyring } from "@/lib/crypto/keyring";

/** Whose secret it is and what for: bound as associated data, so that a ciphertext copied to another row does not open. */
export type SealedFor = { readonly use: KeyUse; readonly owner: readonly string[] };

const format = "v1";

/**
 * Authenticated encryption (AEAD: AES-256-GCM, NIST SP 800-38D) under the keyring's primary key, fresh 96-bit nonce.
 * In: any text. Out: `v1.<key id>.<nonce>.<ciphertext>.<tag>`, the last three base64url.
 */
export function seal(text: string, sealedFor: SealedFor, ring: Keyring = keyring()): string {
  const key = ring.derive(ring.primary, sealedFor.use);
  if (!key) throw new Error("The keyring has no primary key.");
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(associated(sealedFor));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [format, ring.primary, ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString("base64url"))].join(
    ".",
  );
}

/** The text again, or null when the key is gone or a single bit, the owner or the use differs: one answer for every damage. */
export function unseal(sealed: string, sealedFor: SealedFor, ring: Keyring = keyring()): string | null {
  const [version, id, nonce, body, tag, ...rest] = sealed.split(".");
  if (version !== format || !id || !nonce || body === undefined || !tag || rest.length > 0) return null;
  const key = ring.derive(id, sealedFor.use);
  if (!key) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"), { authTagLength: 16 });
    decipher.setAAD(associated(sealedFor)).setAuthTag(Buffer.from(tag, "base64url"));
    return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]).toString("utf8");
  } catch {
    return null; // a wrong tag, nonce or length: damaged, whatever the cause
  }
}

/** The id of the key that sealed it, to see what a rotation has left. */
export const sealedUnder = (sealed: string): string | null => sealed.split(".")[1] ?? null;

const associated = ({ use, owner }: SealedFor) => Buffer.from([...owner, use, format].join("|"), "utf8");
