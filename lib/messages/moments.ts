import { kept } from "@/lib/messages/kept";
import { orders } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";

const days = kept(
  (language: Language) =>
    new Intl.DateTimeFormat(orders[language], { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }),
);

/** A day in words, in UTC because the server does not know the visitor's zone: "21 Nov 2026", in the form that every moment has. */
export const dayOf = (moment: Date, language: Language): string => days(language).format(moment);
