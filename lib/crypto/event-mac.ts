import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { heldIndexKey } from "@/lib/crypto/index-keys";

const [nonceBytes, blockBytes] = [16, 64];

/** The key of one statement, as HMAC (RFC 2104) uses it: both pads, and the nonce that the key was made of. In hexadecimal. */
export type EventPads = { readonly nonce: string; readonly inner: string; readonly outer: string };

/**
 * A key for the events of one statement, with which the database itself makes their HMACs: what they say is partly known there only. It is good for this nonce
 * alone, so whoever reads the statements of a server learns nothing about any other event.
 */
export function newEventPads(): EventPads {
  const nonce = randomBytes(nonceBytes);
  const key = Buffer.concat([keyOf(nonce), Buffer.alloc(blockBytes - 32)]);
  const pad = (byte: number) => Buffer.from(key.map((one) => one ^ byte)).toString("hex");
  return { nonce: nonce.toString("hex"), inner: pad(0x36), outer: pad(0x5c) };
}

/** True when `mac` was made of `text` by somebody who had a key that we gave out: the nonce, and the HMAC under its key. */
export function isEventMac(mac: Uint8Array, text: string): boolean {
  if (mac.length !== nonceBytes + 32) return false;
  const made = createHmac("sha256", keyOf(mac.subarray(0, nonceBytes)))
    .update(text, "utf8")
    .digest();
  return timingSafeEqual(made, mac.subarray(nonceBytes));
}

/** What stands in a seal for an event that has no HMAC of its own. */
export const eventLeaf = (text: string): Buffer => under("leaf").update(text, "utf8").digest();

/** Vouches for these values, in this order: HMAC-SHA-256, base64url. The first of them is what it is about. */
export const vouch = (values: readonly [string, ...(string | number | null)[]]): string =>
  under("vouch").update(JSON.stringify(values), "utf8").digest("base64url");

const keyOf = (nonce: Uint8Array): Buffer => under("nonce").update(nonce).digest();

/** One use never makes what another one does. */
const under = (use: string) => createHmac("sha256", heldIndexKey("mac:event")).update(`${use}|`, "utf8");
