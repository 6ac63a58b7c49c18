import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IndexUse } from "@/lib/crypto/index-keys";
import { type Keyring, type KeyUse, keyring } from "@/lib/crypto/keyring";

/** SHA-256, base64url: how tokens of 256 random bits are stored and looked up. */
export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("base64url");

/** Uses whose HMACs are verified, under whichever key of the ring. What names a row has an index key: `blindIndex`. */
type MacUse = Exclude<KeyUse, IndexUse>;

/** HMAC-SHA-256 under a derived key, base64url: for what is too short or too well known to be hashed bare. */
export function mac(use: MacUse, parts: readonly string[], ring: Keyring = keyring()): string {
  const key = ring.derive(ring.primary, use);
  if (!key) throw new Error("The keyring has no primary key.");
  return createHmac("sha256", key).update(parts.join("|"), "utf8").digest("base64url");
}

/** The same under every key of the ring, the newest first: for what was written before a rotation and must still be known after it. */
export function macs(use: MacUse, parts: readonly string[], ring: Keyring = keyring()): readonly string[] {
  const ids = [ring.primary, ...ring.ids.filter((id) => id !== ring.primary)];
  return ids.map((id) => mac(use, parts, { ...ring, primary: id }));
}

/** HMAC-SHA-256 of `text` under a secret that is none of the ring's: one that somebody else holds too, or that a row keeps; in hexadecimal. */
export const hmacHex = (secret: string, text: string): string =>
  createHmac("sha256", secret).update(text, "utf8").digest("hex");

/** True when both texts are the same, in a time that tells nothing of where they differ. */
export function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text, "utf8").digest();
  return timingSafeEqual(digest(one), digest(other));
}
