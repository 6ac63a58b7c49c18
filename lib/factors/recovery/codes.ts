import type { Random } from "@/lib/kernel/random";
import { policy } from "@/lib/policy/policy";

/** Crockford's base 32: no I, L, O or U, so that nothing is misread or misheard. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** How the portal's own codes are written: sixteen characters, 80 bits, in groups of four. */
export const portalFormat = "crockford-16";

/** How the one that an app hands out is written: 28 small hexadecimal digits, 112 bits, in groups of four. */
export const handedOutFormat = "hex-28";

/** A new portal code in its canonical form, without dashes: 80 random bits. */
export function newCode(random: Random): string {
  let bits = BigInt(`0x${random.bytes(policy.recovery.bytes).toString("hex")}`);
  let code = "";
  for (let place = 0; place < (policy.recovery.bytes * 8) / 5; place += 1) {
    code = (alphabet[Number(bits & 31n)] ?? "") + code;
    bits >>= 5n;
  }
  return code;
}

/** A new code of the handed-out format in its canonical form: 112 random bits. */
export const newHandedOutCode = (random: Random): string =>
  random.bytes(policy.recovery.handedOutBytes).toString("hex");

/** A new code written the way `format` says: what takes the place of a used one looks like it. */
export const newCodeIn = (format: string, random: Random): string =>
  format === handedOutFormat ? newHandedOutCode(random) : newCode(random);

/**
 * The canonical form of what somebody typed, forgiving case, spaces, dashes and look-alikes; null when it cannot be a code. Its length
 * tells the format.
 */
export function canonicalCode(typed: string): string | null {
  const code = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-–—]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  if (/^[0-9A-F]{28}$/.test(code)) return code.toLowerCase();
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code) ? code : null;
}

/** `ABCD-EFGH-JKMN-PQRS`, or `8477-a1a6-…` in seven groups: as people read it. */
export const written = (code: string): string => (code.match(/.{4}/g) ?? []).join("-");
