import { readOrigin } from "@/lib/kernel/authority";
import type { Language } from "@/lib/messages/words-shape";
import { errorAnswerMessages } from "@/lib/serve/messages";
import { isForApi } from "@/lib/web/same-origin";

/** Where the service answered that apps come from: its other API, OpenID, OAuth, CAS, SAML, single sign-on and its end, social connections, the GraphQL of before. */
const oldPlaces =
  /^\/+(?:(?:api|graphql|oidc|oauth2?|interaction|logout|events|sso(?:-[a-z-]{1,40})?|cas|cas-idp|saml|saml-idp|connections?|authorization|connstate|public-config|mfa-bound|scim|login\/profile)(?:\/|$)|\.well-known\/(?:openid-configuration|oauth-authorization-server|jwks\.json)$)/i;

/** Is it an address of that service which is not served here? What is served of it lies under `/api/v2` and `/graphql/v2`. */
export const isOfOldService = (path: string): boolean => oldPlaces.test(decoded(path)) && !isForApi(path);

/** The signs of ASCII that a client wrote in per cent; whatever else is odd in a path stays. */
const decoded = (path: string): string =>
  path.replace(/%[2-7][0-9a-f]/gi, (sign) => String.fromCharCode(Number.parseInt(sign.slice(1), 16)));

/** What an app asks there. `wishes`: the headers by which a browser asks before a call of another origin. */
export type OldCall = {
  readonly method: string;
  readonly path: string;
  readonly origin: string | null;
  readonly wishes: { readonly method: string | null; readonly headers: string | null };
  readonly language: Language;
};

type OldAnswer = {
  readonly status: 204 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * Whatever is asked there, an app reads why nothing answers: JSON, 404, one sentence. Any page may read it, and a browser that asks beforehand
 * is let through to it: otherwise people would look for a mistake in their origins. Nothing is read, and nothing changes.
 */
export function oldServiceAnswer({ method, path, origin, wishes, language }: OldCall): OldAnswer {
  const headers = { vary: "Origin", ...readers(origin) };
  if (method === "OPTIONS" && wishes.method !== null) {
    return { status: 204, headers: { ...headers, ...preflight(wishes.headers) }, body: "" };
  }
  const envelope = { code: 404, message: errorAnswerMessages["error_answer.old_service"][language] };
  const isGraphql = /^\/+graphql/i.test(path);
  const body = isGraphql ? { errors: [{ message: envelope, locations: [], path: [] }], data: null } : envelope;
  return { status: 404, headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** The sentence is no secret and no cookie is looked at, so the origin may be anybody's. */
function readers(origin: string | null): Readonly<Record<string, string>> {
  if (origin === null || (origin !== "null" && readOrigin(origin) === null)) return {};
  return { "access-control-allow-origin": origin, "access-control-allow-credentials": "true" };
}

/** Names of headers with commas between them (RFC 9110, 5.6.2); more than anybody sends is not repeated. */
const names = /^[A-Za-z0-9!#$%&'*+.^_`|~, -]{1,1000}$/;

const preflight = (wished: string | null): Readonly<Record<string, string>> => ({
  "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
  ...(wished !== null && names.test(wished) ? { "access-control-allow-headers": wished } : {}),
  "access-control-max-age": "600",
});
