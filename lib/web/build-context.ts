import { headers } from "next/headers";
import { cache } from "react";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { database } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";
import { chooseLanguage, languageOfClient } from "@/lib/messages/choose-language";
import type { Language } from "@/lib/messages/words-shape";
import { requestId, visitor } from "@/lib/web/visitor";
import { words } from "@/lib/web/words";

/** A real context, made here alone: one per request, with one instant. */
export const buildContext = cache(async (): Promise<Ctx> => {
  const [head, { language }] = await Promise.all([headers(), words()]);
  return {
    now: systemClock.now(),
    random: systemRandom,
    db: database(),
    visitor: visitor(head),
    language,
    requestId: requestId(head),
    afterCommit: (act) => act(),
  };
});

/** The context of one call of the API: one instant, and the language that the client asks for. No cookie is read. */
export function apiContext({ headers }: Request): Ctx {
  return {
    now: systemClock.now(),
    random: systemRandom,
    db: database(),
    visitor: visitor(headers),
    language: languageOf(headers),
    requestId: requestId(headers),
    afterCommit: (act) => act(),
  };
}

/** `x-authing-lang` ("zh-CN", "en-US"), then what a browser would say. */
function languageOf(headers: Headers): Language {
  const asked = languageOfClient(headers.get("x-authing-lang"));
  if (asked !== null) return asked;
  const acceptLanguage = headers.get("accept-language");
  return chooseLanguage({ cookie: null, acceptLanguage, fallback: config().defaultLanguage });
}
