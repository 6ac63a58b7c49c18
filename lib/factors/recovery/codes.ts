import { recoveryNumbers } from "@/lib/factors/recovery/numbers";
import type { Random } from "@/lib/kernel/random";
import { bounded, withPlainDigits } from "@/lib/kernel/typed-code";
import { withoutUnseen } from "@/lib/kernel/unseen";

/** Crockford's base 32: no I, L, O or U, so that nothing is misread or misheard. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** How the portal's own codes are written: sixteen characters, 80 bits, in groups of four. */
export const portalFormat = "crockford-16";

/** How the one that an app hands out is written: 28 small hexadecimal digits, 112 bits, in groups of four. */
export const handedOutFormat = "hex-28";

/** A new portal code in its canonical form, without dashes: 80 random bits. */
export function newCode(random: Random): string {
  let bits = BigInt(`0x${random.bytes(recoveryNumbers.bytes).toString("hex")}`);
  let code = "";
  for (let place = 0; place < (recoveryNumbers.bytes * 8) / 5; place += 1) {
    code = (alphabet[Number(bits & 31n)] ?? "") + code;
    bits >>= 5n;
  }
  return code;
}

/** A new code of the handed-out format in its canonical form: 112 random bits. */
export const newHandedOutCode = (random: Random): string =>
  random.bytes(recoveryNumbers.handedOutBytes).toString("hex");

/** A new code written the way `format` says: what takes the place of a used one looks like it. */
export const newCodeIn = (format: string, random: Random): string =>
  format === handedOutFormat ? newHandedOutCode(random) : newCode(random);

/** What stands before the first letter or digit; a number in a circle is a bullet too. */
const bullets = /^[^\p{L}\p{Nd}]+/u;
/** A place in a list, as lists are written: `1.`, `2)`, `3:`. No group of a code is that short. */
const listNumber = /^[0-9]{1,2}\s?[.):、。]+/;
/** A number that stands apart before something else: `4 - `. Only where it is one too many to belong to the code. */
const loneNumber = /^[0-9]{1,2}(?![\p{L}\p{Nd}])/u;

/**
 * The canonical form of what somebody typed or pasted; null when it cannot be a code. Its letters and digits count, in any case and width, with
 * look-alikes; signs, spaces and what nobody can see do not, nor does the code's number in a list. The length tells the format.
 */
export function canonicalCode(typed: string): string | null {
  const bare = withoutUnseen(bounded(typed)).replace(bullets, "");
  const code = withPlainDigits(bare.normalize("NFKC")).replace(listNumber, "");
  return inAlphabet(code) ?? inAlphabet(code.replace(loneNumber, ""));
}

function inAlphabet(text: string): string | null {
  const typed = text.replace(/[^\p{L}\p{Nd}]/gu, "");
  if (!/^[0-9A-Za-z]*$/.test(typed)) return null;
  const code = typed.toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  if (/^[0-9A-F]{28}$/.test(code)) return code.toLowerCase();
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code) ? code : null;
}

/** `ABCD-EFGH-JKMN-PQRS`, or `8477-a1a6-…` in seven groups: as people read it. */
export const written = (code: string): string => (code.match(/.{4}/g) ?? []).join("-");
