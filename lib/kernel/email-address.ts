import { domainToASCII, domainToUnicode } from "node:url";
import { normaliseIdentifier } from "@/lib/kernel/identifier";
import { withoutUnseen } from "@/lib/kernel/unseen";
import { withoutTrailing } from "@/lib/kernel/without-trailing";

/** Longer than any address with a display's worth of white space; of what is longer nothing is read. */
const longestTyped = 640;

/** RFC 5321, 4.5.3.1: octets of the part before the @, and of an address that fits into a path. */
const longestLocal = 64;
const longestAddress = 254;

/** Atoms with single dots between them (RFC 5322, 3.2.3), and the letters of every script (RFC 6532). Quoted parts are not served. */
const localShape = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** At least two labels of letters, digits and inner hyphens, 63 at most each (RFC 1035, 2.3.1); the last begins with a letter. */
const domainShape = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * The one stored form of an e-mail address, or null for what no letter can reach: before the @ NFKC and lower case, behind it the domain in ASCII
 * (IDNA, as browsers do it) and lower case, no dot at the end. What nobody can see is gone, and so are `mailto:`, a name with angle brackets and a
 * comma behind. Everything that stores, looks up, counts or writes to an address reads it by this function; reading a stored form gives it back.
 */
export function readEmailAddress(typed: string): string | null {
  if (typed.length > longestTyped) return null;
  const written = bare(withoutUnseen(typed, { butJoiners: true }).normalize("NFKC").trim());
  const text = written === null ? "" : unlinked(written);
  const at = text.indexOf("@");
  if (at < 0 || /\s/.test(text)) return null;
  const local = normaliseIdentifier(text.slice(0, at));
  const domain = asciiDomain(text.slice(at + 1));
  if (domain === null || !localShape.test(local)) return null;
  const octets = Buffer.byteLength(local);
  return octets <= longestLocal && octets + 1 + domain.length <= longestAddress ? `${local}@${domain}` : null;
}

/** Of `Ada <ada@example.test>,` what stands in the brackets. Null where the name is another address or more than a line. */
function bare(typed: string): string | null {
  const text = withoutTrailing(typed, ",; ");
  if (!text.endsWith(">")) return text;
  const opens = text.lastIndexOf("<");
  return opens < 0 || /[@<>\p{Cc}]/u.test(text.slice(0, opens)) ? null : text.slice(opens + 1, -1);
}

/** Of a link the address: a subject and whatever else stands behind it goes (RFC 6068). */
function unlinked(text: string): string {
  if (!/^mailto:/i.test(text)) return text;
  const asks = text.indexOf("?", text.indexOf("@"));
  return text.slice("mailto:".length, asks < 0 ? undefined : asks);
}

/** A domain in the one form in which names are looked up, or null. Joiners count only where a script's spelling needs them (RFC 5892, appendix A). */
function asciiDomain(typed: string): string | null {
  return encoded(typed) ?? encoded(withoutUnseen(typed));
}

/** The resolver of addresses reads more than names (%61, a port, 0x7f.1), so that nothing else may reach it. */
const noName = /(?![a-z0-9.-])\p{ASCII}/u;

function encoded(typed: string): string | null {
  const name = typed.toLowerCase().replaceAll("\u3002", ".").replace(/\.$/, "");
  if (noName.test(name)) return null;
  const ascii = domainToASCII(name);
  return domainShape.test(ascii) && domainToASCII(domainToUnicode(ascii)) === ascii ? ascii : null;
}

/** Whole labels of one script, or of those that are written together. A label of several is shown in ASCII, for it may imitate another. */
const readable = [
  /^[\p{scx=Latin}\p{scx=Common}]+$/u,
  /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Common}]+$/u,
  /^[\p{scx=Han}\p{scx=Hangul}\p{scx=Common}]+$/u,
  /^[\p{scx=Cyrl}\p{scx=Common}]+$/u,
  /^[\p{scx=Grek}\p{scx=Common}]+$/u,
  /^[\p{scx=Arab}\p{scx=Common}]+$/u,
  /^[\p{scx=Hebr}\p{scx=Common}]+$/u,
  /^[\p{scx=Armn}\p{scx=Common}]+$/u,
  /^[\p{scx=Geor}\p{scx=Common}]+$/u,
  /^[\p{scx=Deva}\p{scx=Common}]+$/u,
  /^[\p{scx=Beng}\p{scx=Common}]+$/u,
  /^[\p{scx=Taml}\p{scx=Common}]+$/u,
  /^[\p{scx=Telu}\p{scx=Common}]+$/u,
  /^[\p{scx=Thai}\p{scx=Common}]+$/u,
  /^[\p{scx=Khmr}\p{scx=Common}]+$/u,
];

/** Cyrillic and Greek letters that look like Latin ones: a label of nothing else is shown in ASCII. */
const imitatesLatin = /^[асԁеһіјӏорԛѕԝхуъьҽпгѵѡαγικνορτυω0-9-]+$/u;

/** A stored address as people know it: its domain in Unicode, label by label, but where that could be taken for another one. */
export function showEmail(address: string): string {
  const at = address.lastIndexOf("@");
  const labels = address.slice(at + 1).split(".");
  return address.slice(0, at + 1) + labels.map(shownLabel).join(".");
}

function shownLabel(label: string): string {
  const shown = label.startsWith("xn--") ? domainToUnicode(label) : label;
  const isReadable = readable.some((script) => script.test(shown)) && !imitatesLatin.test(shown);
  return isReadable && domainToASCII(shown) === label ? shown : label;
}
