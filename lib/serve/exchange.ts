import type { IncomingMessage, ServerResponse } from "node:http";
import type { Config } from "@/lib/config/read-config";
import { type CookieKind, cookieOf } from "@/lib/cookies/cookies";
import { chooseLanguage } from "@/lib/messages/choose-language";
import type { Language } from "@/lib/messages/words-shape";
import type { ErrorPage } from "@/lib/serve/error-page";
import type { Answer } from "@/lib/web/answer-status";
import { askedInAddress } from "@/lib/web/asked-in-address";

/** What the doors need of the configuration. */
export type House = Pick<Config, "appUrl" | "isHttps" | "defaultLanguage"> & Pick<ErrorPage, "brand">;

/** As much of a request as decides how an answer looks. */
export type Asked = Pick<IncomingMessage, "headers" | "url">;

/** One request and its answer on their way through the doors. */
export type Exchange = {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly answer: Answer;
  readonly house: House;
  /** Is the portal about to close? Then every answer is the last one on its line. */
  readonly isClosing: () => boolean;
  /** The policy of the page behind, once its nonce is made; an answer may bring a stricter one of its own. */
  policy: string | null;
};

/** Is somebody looking at this answer in a window, as opposed to a script, a picture or a program? */
export function isDocument({ headers, url }: Asked): boolean {
  if (headers.rsc !== undefined || headers["next-action"] !== undefined) return false;
  if (url?.startsWith("/_next/")) return false;
  const target = headers["sec-fetch-dest"];
  if (target !== undefined && target !== "document") return false;
  return headers.accept?.includes("text/html") === true;
}

/** The path of a request without its query. */
export function pathOf(req: Pick<Asked, "url">): string {
  return (req.url ?? "/").split("?")[0] ?? "/";
}

/** What stands behind the path, without its `?`. */
export function queryOf(req: Asked): string {
  return (req.url ?? "").split("?").slice(1).join("?");
}

/** The language of somebody who sees an answer of ours. */
export function languageOf(req: Asked, house: House): Language {
  return chooseLanguage({
    cookie: cookieIn(req, "language", house),
    asked: askedInAddress(queryOf(req)).language,
    acceptLanguage: req.headers["accept-language"],
    fallback: house.defaultLanguage,
  });
}

/** What the browser brings under a cookie of the portal; null: nothing. */
export function cookieIn({ headers }: Asked, kind: CookieKind, house: House): string | null {
  const { name } = cookieOf(kind, house);
  const entry = headers.cookie?.split(";").find((each) => each.trim().startsWith(`${name}=`));
  return entry?.trim().slice(name.length + 1) ?? null;
}
