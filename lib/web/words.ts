import { headers } from "next/headers";
import { cache } from "react";
import { config } from "@/lib/config/config";
import { chooseLanguage } from "@/lib/messages/choose-language";
import { type Say, sayIn } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { askedHeaders } from "@/lib/web/asked-in-address";
import { readCookie } from "@/lib/web/cookie-jar";

/** The visitor's language, and `say` bound to it. */
export type SpokenWords = { readonly language: Language; readonly say: Say };

/**
 * The words of this request: in the language that the visitor chose (a cookie), else the one that the address asks for, else
 * their browser's, else the operator's. Computed once per request. The catalogue stays on the server; pages hand strings to the browser.
 */
export const words = cache(async (): Promise<SpokenWords> => {
  const [cookie, head] = await Promise.all([readCookie("language"), headers()]);
  const language = chooseLanguage({
    cookie,
    asked: head.get(askedHeaders.language),
    acceptLanguage: head.get("accept-language"),
    fallback: config().defaultLanguage,
  });
  return { language, say: sayIn(language) };
});
