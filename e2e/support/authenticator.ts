import { createHmac } from "node:crypto";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A base32 secret (RFC 4648, section 6; spaces and case do not matter) as bytes. */
function bytesOf(secret: string): Buffer {
  const values = [...secret.toUpperCase().replaceAll(" ", "")].map((letter) => letters.indexOf(letter));
  const bits = values.map((value) => value.toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** The step of 30 seconds that a moment lies in (RFC 6238, section 4.2). */
export const stepAt = (moment: Date): number => Math.floor(moment.getTime() / 30_000);

/**
 * An authenticator app of our own, so that the stories do not believe the library that the portal uses: RFC 6238 with
 * SHA-1 and six digits, the truncation of RFC 4226, section 5.3.
 */
export function codeOfStep(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const offset = mac.readUInt8(19) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The code that an app shows now; `steps` later (or earlier, negative) when its clock is wrong. */
export const codeNow = (secret: string, steps = 0): string => codeOfStep(secret, stepAt(new Date()) + steps);

/** Six digits that are right in none of the steps anybody would accept around now; another ones for each `round`. */
export function wrongCode(secret: string, round = 1): string {
  const near = Array.from({ length: 60 }, (_, index) => codeNow(secret, index - 30));
  const candidates = Array.from({ length: 61 + round }, (_, index) => String(135_790 + index));
  return candidates.filter((code) => !near.includes(code))[round - 1] ?? "";
}
