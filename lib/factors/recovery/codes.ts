import type { Random } from "@/lib/kernel/random";
import { policy } from "@/lib/policy/policy";

/** Crockford's base 32: no I, L, O or U, so that nothing is misread or misheard. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** How a code is written: sixteen characters, 80 bits, in groups of four. */
export const portalFormat = "crockford-16";

/** A new code in its canonical form, without dashes: 80 random bits. */
export function newCode(random: Random): string {
  let bits = BigInt(`0x${random.bytes(policy.recovery.bytes).toString("hex")}`);
  let code = "";
  for (let place = 0; place < (policy.recovery.bytes * 8) / 5; place += 1) {
    code = (alphabet[Number(bits & 31n)] ?? "") + code;
    bits >>= 5n;
  }
  return code;
}

/** The canonical form of what somebody typed, forgiving case, spaces, dashes and look-alikes; null when it cannot be a code. */
export function canonicalCode(typed: string): string | null {
  const code = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-–—]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code) ? code : null;
}

/** `ABCD-EFGH-JKMN-PQRS`, as people read it. */
export const written = (code: string): string => (code.match(/.{4}/g) ?? []).join("-");
