import { config } from "@/lib/config/config";
import { languageTags } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { callingCodes, countryNames } from "@/lib/users/phone-number";

/** More than these would be a table, not a hint. */
const mostNamed = 6;

/** How the numbers begin that text messages are sent to: "+44, +49". Only what is served is ever given as an example. */
export function servedCodes(): string {
  const codes = callingCodes(config().phones);
  return [...codes.slice(0, mostNamed), ...(codes.length > mostNamed ? ["…"] : [])].join(", ");
}

/** How numbers begin that may also be typed without that, as people of the operator's region dial them; "none" where every number needs its code. */
export function homeCode(): string {
  const { region } = config().phones;
  return (region === null ? undefined : callingCodes({ countries: [region] })[0]) ?? "none";
}

/** The countries whose numbers are served, as a list in a sentence of `language`. */
export const servedCountries = (language: Language): string => countryNames(config().phones, languageTags[language]);
