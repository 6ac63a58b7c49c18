import { languageTags } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";

/** A day in words, in UTC because the server does not know the visitor's zone: "21 November 2026". */
export function dayOf(moment: Date, language: Language): string {
  return new Intl.DateTimeFormat(languageTags[language], { dateStyle: "long", timeZone: "UTC" }).format(moment);
}
