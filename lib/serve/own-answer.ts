import { systemRandom } from "@/lib/kernel/random";
import { apiError } from "@/lib/serve/api-error";
import { errorPage, errorSentenceAlone } from "@/lib/serve/error-page";
import { type Asked, cookieIn, type House, isDocument, languageOf, pathOf, queryOf } from "@/lib/serve/exchange";
import type { Answer } from "@/lib/web/answer-status";
import { askedInAddress } from "@/lib/web/asked-in-address";
import { contentSecurityPolicy, keptByNobody, nothingPolicy, securityHeaders } from "@/lib/web/headers";
import { isForApi } from "@/lib/web/same-origin";

/** Whom an answer of ours is for. */
export type OwnCause = { readonly req: Asked; readonly answer: Answer; readonly house: House };

/** A refusal of ours as it is sent. */
export type OwnAnswer = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

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
