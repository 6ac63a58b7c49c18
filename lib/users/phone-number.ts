import {
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import { withPlainDigits } from "@/lib/kernel/typed-code";
import { withoutUnseen } from "@/lib/kernel/unseen";
import { withoutTrailing } from "@/lib/kernel/without-trailing";
import { kept } from "@/lib/messages/kept";

/** Which numbers are served. */
export type PhoneRules = {
  /** ISO 3166 alpha-2 codes, upper case: nobody else is sent anything. */
  readonly countries: readonly string[];
  /** Where a number without a country code is read; null: a country code must be typed. */
  readonly region: string | null;
};

export type PhoneReading =
  | { readonly kind: "ok"; readonly number: string }
  | { readonly kind: "malformed" | "extension" | "not_served" | "not_mobile" };

/** What people put between digits. Anything else is no phone number. */
const typedShape = /^\+?[0-9 ().\-/]{4,40}$/;
/** The same with an extension of a house's own exchange behind it, as people, RFC 3966 and dialling apps write it. */
const withExtension = /^\+?[0-9 ().\-/]{4,40}(?:;ext|ext(?:ensi[oó]n)?|x|#|,|;|доб|分机|转)[.=: ]{0,3}[0-9]{1,9}#?$/i;

const longestTyped = 320;

/** What links and address books put in front of a number, one sign or word at a time: schemes, telephones, quotation marks. */
const inFront = /^(?:tel:|sms:|[ "'`„“”‚‘’«»‹›☎☏✆📞📱])+/iu;
const behind = " ,;\"'`„“”‚‘’«»‹›";
/** A country code, or all of it, in brackets. */
const bracketed = /^\( ?(\+[0-9 ]{0,24}[0-9]) ?\) ?/;

/** Only these can be written to without a premium: no shared cost, pager, satellite, voice mail or fixed line. */
const served = new Set(["MOBILE", "FIXED_LINE_OR_MOBILE"]);

/**
 * What was typed as a number, without what an address book adds to it: characters that nobody sees go, every dash is one, digits of any script are
 * digits, `tel:` goes (RFC 3966) with its signs in per cent, and so do `sms:`, quotation marks and brackets around a country code.
 */
export function asDialled(typed: string): string {
  if (typed.length > longestTyped) return "";
  const text = withPlainDigits(withoutUnseen(typed).normalize("NFKC"))
    .replace(/%2[089bdef]/gi, (sign) => String.fromCharCode(Number.parseInt(sign.slice(1), 16)))
    .replace(/[\p{Pd}\u2212\u30fc]/gu, "-")
    .replace(/[\u00b7\u2022\u2027\u30fb]/g, ".")
    .replace(/\s+/g, " ")
    .replaceAll("[", "(")
    .replaceAll("]", ")")
    .replace(inFront, "")
    .replace(bracketed, "$1 ");
  return withoutTrailing(text, behind);
}

/**
 * Reads a phone number as typed. Out: its one form (E.164, `+` and at most 15 digits), or why it is not served: an extension, letters or a number
 * of an unlisted country or type are refused.
 */
export function readPhone(typed: string, { countries, region }: PhoneRules): PhoneReading {
  const parsed = parse(typed, region);
  if (parsed === undefined && withExtension.test(asDialled(typed))) return { kind: "extension" };
  if (!parsed?.isValid()) return { kind: "malformed" };
  if (parsed.country === undefined || !countries.includes(parsed.country)) return { kind: "not_served" };
  return served.has(parsed.getType() ?? "") ? { kind: "ok", number: parsed.number } : { kind: "not_mobile" };
}

/** How the served numbers begin, each once, in the operator's order: "+44". */
export function callingCodes({ countries }: Pick<PhoneRules, "countries">): readonly string[] {
  const codes = countries.flatMap((one) => (isSupportedCountry(one) ? [`+${getCountryCallingCode(one)}`] : []));
  return [...new Set(codes)];
}

/** The served countries as people call them in a language (BCP 47), as a list in a sentence. */
export function countryNames({ countries }: Pick<PhoneRules, "countries">, language: string): string {
  return lists(language).format(countries.map((one) => regions(language).of(one) ?? one));
}

const regions = kept((language: string) => new Intl.DisplayNames([language], { type: "region" }));
const lists = kept((language: string) => new Intl.ListFormat(language, { type: "conjunction" }));

/** A number to log in with: any valid one of any country and type, in E.164. Nothing is sent there before a code has proven it. Null when it is none. */
export function readLoginPhone(typed: string, region: string | null): string | null {
  const parsed = parse(typed, region);
  return parsed?.isValid() ? parsed.number : null;
}

/**
 * The one form in which something typed like a phone number is searched and counted: E.164 where it can be read as that, valid or not (what is
 * valid changes with every numbering plan, and stored numbers stay), else its digits alone. Null: it is not typed like one.
 */
export function phoneForm(typed: string, region: string | null): string | null {
  const text = asDialled(typed);
  if (!typedShape.test(text) || !/\d/.test(text)) return null;
  return parse(text, region)?.number ?? text.replace(/[^+\d]/g, "");
}

/** Mexico took its mobile prefix away in 2019 and the prefixes for calling one; address books still have them. */
const oldMexican = /^\+52(?:1|01|04[45])([0-9]{10})$/;

/** The number, valid if any way of reading it makes it so: as written, without a prefix that is no more, and with 00 for the + that it stands for in most countries. */
function parse(typed: string, region: string | null): PhoneNumber | undefined {
  const text = asDialled(typed);
  if (!typedShape.test(text)) return undefined;
  const known = region !== null && isSupportedCountry(region) ? { defaultCountry: region } : {};
  const digits = text.replace(/[^+\d]/g, "");
  const dialled = [text, ...(digits.startsWith("00") ? [`+${digits.slice(2)}`] : [])];
  const readings = dialled.flatMap((each) => parsePhoneNumberFromString(each, { ...known, extract: false }) ?? []);
  const renewed = readings.flatMap(
    ({ number }) => parsePhoneNumberFromString(number.replace(oldMexican, "+52$1"), { extract: false }) ?? [],
  );
  return (
    renewed.find((each) => each.isValid()) ?? renewed.find((each) => each.isPossible()) ?? renewed[0] ?? readings[0]
  );
}

/** `+447700900123` → `+44 ••• 123`: enough to recognise one's own number, too little to learn it. Takes E.164. */
export function maskPhone(number: string): string {
  const code = parsePhoneNumberFromString(number)?.countryCallingCode;
  return code === undefined || number.length < 8 ? "•••" : `+${code} ••• ${number.slice(-3)}`;
}
