import type { Language } from "@/lib/messages/words-shape";

/** Day before month, as the words around it are British. */
const orders = { en: "en-GB", zh: "zh-Hans" } as const satisfies Record<Language, string>;

/** A day in words, in UTC because the server does not know the visitor's zone: "21 November 2026". */
export function dayOf(moment: Date, language: Language): string {
  return new Intl.DateTimeFormat(orders[language], { dateStyle: "long", timeZone: "UTC" }).format(moment);
}
