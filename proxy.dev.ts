import { type NextRequest, NextResponse } from "next/server";
import { config as settings } from "@/lib/config/config";
import { isDevelopment } from "@/lib/config/runtime";
import { isFirstDoor, probeLine } from "@/lib/cookies/probe";
import { systemRandom } from "@/lib/kernel/random";
import { languageOfClient } from "@/lib/messages/choose-language";
import {
  contentSecurityPolicy,
  isMailDocument,
  mailPolicy,
  pageRequestHeaders,
  securityHeaders,
} from "@/lib/web/headers";
import { isOfOldService, oldServiceAnswer } from "@/lib/web/old-service";
import { isForApi, refusal } from "@/lib/web/same-origin";

/**
 * Stands before every page and action of `next dev`, which has no serving entry, and is in no build (its name ends as no page of a build does): is
 * the Origin ours, and which nonce may scripts of this answer carry? It never asks who somebody is: a proxy is not on
 * every path, guards are in pages and actions. Pages find the nonce in `x-nonce` and their path in `x-pathname`.
 */
export function proxy(request: NextRequest): NextResponse {
  const { method, nextUrl, headers } = request;
  if (isOfOldService(nextUrl.pathname)) return ofOldService(request);
  const refused = refusal({ method, path: nextUrl.pathname, header: (name) => headers.get(name) }, settings().appUrl);
  if (refused) return refuse(refused.status, refused.why);
  const nonce = systemRandom.id();
  const policy = contentSecurityPolicy({ nonce, isDevelopment: isDevelopment() });
  const passedOn = new Headers(headers);
  const known = pageRequestHeaders({ policy, nonce, path: nextUrl.pathname, query: nextUrl.search });
  for (const [name, value] of Object.entries(known)) passedOn.set(name, value);
  // found to be ours, in whatever spelling; of a call of the API nobody has asked yet, its route does
  if (method === "POST" && !isForApi(nextUrl.pathname)) passedOn.set("origin", settings().appUrl);
  const response = NextResponse.next({ request: { headers: passedOn } });
  response.headers.set("content-security-policy", policyAt(nextUrl.pathname) ?? policy);
  if (isFirstDoor(nextUrl.pathname)) response.headers.append("set-cookie", probeLine(settings()));
  return withSecurity(response);
}

/** Files for browsers need none of it. */
export const config = { matcher: ["/((?!_next/static/|favicon\\.svg$|robots\\.txt$).*)"] };

/** As the serving entry answers there, which `next dev` lacks. */
function ofOldService({ method, nextUrl, headers }: NextRequest): NextResponse {
  const wishes = {
    method: headers.get("access-control-request-method"),
    headers: headers.get("access-control-request-headers"),
  };
  const language = languageOfClient(headers.get("x-authing-lang")) ?? settings().defaultLanguage;
  const call = { method, path: nextUrl.pathname, origin: headers.get("origin"), wishes, language };
  const { status, headers: said, body } = oldServiceAnswer(call);
  return withSecurity(new NextResponse(status === 204 ? null : body, { status, headers: said }));
}

/** The stricter policy of a document for developers. */
function policyAt(path: string): string | null {
  return isMailDocument(path) ? mailPolicy : null;
}

function refuse(status: number, why: string): NextResponse {
  return withSecurity(new NextResponse(`Refused: ${why}.\n`, { status, headers: { "cache-control": "no-store" } }));
}

/** The serving entry sets these on every answer; here they are for `next dev`, which has no such entry. */
function withSecurity(response: NextResponse): NextResponse {
  for (const [name, value] of Object.entries(securityHeaders(settings()))) response.headers.set(name, value);
  return response;
}
