import type { IncomingMessage, ServerResponse } from "node:http";
import type { Config } from "@/lib/config/read-config";
import { type CookieKind, cookieOf } from "@/lib/cookies/cookies";
import { systemRandom } from "@/lib/kernel/random";
import { chooseLanguage } from "@/lib/messages/choose-language";
import type { Language } from "@/lib/messages/words-shape";
import { apiError } from "@/lib/serve/api-error";
import { type ErrorPage, errorPage, errorSentenceAlone } from "@/lib/serve/error-page";
import type { Answer } from "@/lib/web/answer-status";
import { askedInAddress } from "@/lib/web/asked-in-address";
import { contentSecurityPolicy, keptByNobody, nothingPolicy, securityHeaders } from "@/lib/web/headers";
import { isForApi } from "@/lib/web/same-origin";

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

/** Whom an answer of ours is for. */
export type OwnCause = { readonly req: Asked; readonly answer: Answer; readonly house: House };

/** A refusal of ours as it is sent. */
export type OwnAnswer = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

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

/** Statuses that clients of the API see as they are; every other failure is told in the body of a 200, where they look for it. */
const bareStatuses: readonly number[] = [413, 421];

/** The HTTP status under which an error of ours is told. */
export const ownStatus = (req: Asked, status: number): number =>
  isForApi(pathOf(req)) && !bareStatuses.includes(status) ? 200 : status;

/** Headers and body of an error that is ours: a page for people, JSON for clients of the API, a sentence for everybody else. */
export function ownAnswer({ req, answer, house }: OwnCause, status: number): OwnAnswer {
  const language = languageOf(req, house);
  const headers: Record<string, string> = {
    ...securityHeaders(house),
    "cache-control": keptByNobody,
  };
  if (status === 503 || status === 429) headers["retry-after"] = String(answer.retryAfterSeconds ?? 5);
  if (isForApi(pathOf(req))) {
    const asked = req.headers["x-authing-lang"]?.toString();
    const body = apiError(pathOf(req), status, { asked, otherwise: language });
    return {
      headers: { ...headers, "content-type": "application/json", "content-security-policy": nothingPolicy },
      body,
    };
  }
  if (!isDocument(req)) {
    // Next's client shows a sentence only when the type is exactly this
    const type = req.headers["next-action"] === undefined ? "text/plain; charset=utf-8" : "text/plain";
    const body = `${errorSentenceAlone({ status, language, requestId: answer.requestId })}\n`;
    return { headers: { ...headers, "content-type": type, "content-security-policy": nothingPolicy }, body };
  }
  const nonce = systemRandom.id();
  const theme = cookieIn(req, "theme", house) ?? askedInAddress(queryOf(req)).theme;
  const body = errorPage({
    status,
    language,
    nonce,
    requestId: answer.requestId,
    isLogged: answer.line !== "none",
    brand: house.brand,
    path: pathOf(req),
    theme: theme === "light" || theme === "dark" ? theme : null,
  });
  const policy = contentSecurityPolicy({ nonce, isDevelopment: false });
  return {
    headers: { ...headers, "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
    body,
  };
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
