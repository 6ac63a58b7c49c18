import { config } from "@/lib/config/config";
import { isLanguage } from "@/lib/messages/choose-language";
import type { Language } from "@/lib/messages/words-shape";
import type { Reader } from "@/lib/notices/store";

/** The language of a letter: the reader's, else the operator's; never that of the visitor, who may be somebody else. */
export const languageOf = ({ language }: Reader): Language =>
  isLanguage(language) ? language : config().defaultLanguage;

/** The envelope of a letter to the account's own address. */
export const toAccount = (reader: Reader) =>
  ({ userId: reader.userId, channel: "mail", to: reader.email, language: languageOf(reader) }) as const;
