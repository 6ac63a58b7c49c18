import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

/** Which numbers are served. */
export type PhoneRules = {
  /** ISO 3166 alpha-2 codes, upper case: nobody else is sent anything. */
  readonly countries: readonly string[];
  /** Where a number without a country code is read; null: a country code must be typed. */
  readonly region: string | null;
};

export type PhoneReading =
  | { readonly kind: "ok"; readonly number: string }
  | { readonly kind: "malformed" | "not_served" | "not_mobile" };

/** What people put between digits. Anything else, letters of other scripts that look like digits too, is no phone number. */
const typedShape = /^\+?[0-9 ().\-/]{4,40}$/;

/** Only these can be written to without a premium: no shared cost, pager, satellite, voice mail or fixed line. */
const served = new Set(["MOBILE", "FIXED_LINE_OR_MOBILE"]);

/**
 * Reads a phone number as typed. Out: its one form (E.164, `+` and at most 15 digits), or why it is not served. Full-width digits are
 * folded (NFKC); an extension, letters or a number of an unlisted country or type are refused.
 */
export function readPhone(typed: string, { countries, region }: PhoneRules): PhoneReading {
  const parsed = parse(typed, region);
  if (!parsed?.isValid()) return { kind: "malformed" };
  if (parsed.country === undefined || !countries.includes(parsed.country)) return { kind: "not_served" };
  return served.has(parsed.getType() ?? "") ? { kind: "ok", number: parsed.number } : { kind: "not_mobile" };
}

/** A number to log in with: any valid one of any country and type, in E.164. Nothing is ever sent there. Null when it is none. */
export function readLoginPhone(typed: string, region: string | null): string | null {
  const parsed = parse(typed, region);
  return parsed?.isValid() ? parsed.number : null;
}

/**
 * The one form in which something typed like a phone number is searched and counted: E.164 where it can be read as that, valid or not (what is
 * valid changes with every numbering plan, and stored numbers stay), else its digits alone. Null: it is not typed like one.
 */
export function phoneForm(typed: string, region: string | null): string | null {
  const text = typed.normalize("NFKC").trim();
  if (!typedShape.test(text) || !/\d/.test(text)) return null;
  return parse(text, region)?.number ?? text.replace(/[^+\d]/g, "");
}

function parse(typed: string, region: string | null) {
  const text = typed.slice(0, 65).normalize("NFKC").trim();
  if (!typedShape.test(text)) return undefined;
  const known = region !== null && isSupportedCountry(region) ? { defaultCountry: region } : {};
  return parsePhoneNumberFromString(text, { ...known, extract: false });
}

/** `+447700900123` → `+44 ••• 123`: enough to recognise one's own number, too little to learn it. Takes E.164. */
export function maskPhone(number: string): string {
  const code = parsePhoneNumberFromString(number)?.countryCallingCode;
  return code === undefined || number.length < 8 ? "•••" : `+${code} ••• ${number.slice(-3)}`;
}
