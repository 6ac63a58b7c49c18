import { kept } from "@/lib/messages/kept";
import type { Language } from "@/lib/messages/words-shape";

const formats = kept((language: Language) => new Intl.ListFormat(language, { type: "conjunction", style: "long" }));

/** "Password, authenticator app and recovery code", as the language joins them. */
export const listWords = (words: readonly string[], language: Language): string => formats(language).format(words);
