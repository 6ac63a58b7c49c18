import { isSameOrigin } from "@/lib/kernel/authority";

/** What a door needs to know about a request to judge where it came from. Header names in lower case. */
export type Asking = {
  readonly method: string;
  /** Path without query, as the URL parser writes it. */
  readonly path: string;
  header(name: string): string | null;
};

/** Why a request may not write; null when it may. The numbers are HTTP statuses. */
export type Refusal = { readonly status: 403 | 415; readonly why: string };

/** Paths of the JSON API, whose callers carry bearer tokens and no cookies. Anything odd in the path is not one of them. */
const apiPath = /^\/(?:api\/v2\/[A-Za-z0-9._/-]+|graphql\/v2)$/;
const dotSegment = /(?:^|\/)\.{1,2}(?:\/|$)/;

/** Where clients of the API upload files. It offers nothing, and says so; a form that arrives there is never read. */
export const isUploadPath = (path: string): boolean => path === "/api/v2/upload";

/** What a form without scripts posts. */
const forms = ["application/x-www-form-urlencoded", "multipart/form-data"];

/**
 * May this request change something, or is it cross-site request forgery (CSRF)? GET and HEAD always pass, they change nothing (the one that does, an app's logout, wants a bearer). Everything else must carry an
 * `Origin` that is ours, scheme and port included; a missing or a malformed one is refused, and so
 * is a `Sec-Fetch-Site` other than same-origin (ASVS 3.5.1, 3.5.3, 3.5.8; Next itself lets a missing Origin through).
 */
export function refusal(asking: Asking, appOrigin: string): Refusal | null {
  if (asking.method === "GET" || asking.method === "HEAD") return null;
  if (isBearerCall(asking)) return null;
  const [origin, site] = [asking.header("origin"), asking.header("sec-fetch-site")];
  if (!isOurs(origin, site, appOrigin)) return { status: 403, why: "origin" };
  if (site !== null && site !== "same-origin") return { status: 403, why: "sec-fetch-site" };
  return isActionCall(asking) || isForm(asking) ? null : { status: 415, why: "content-type" };
}

/**
 * A page that was served with `Referrer-Policy: no-referrer` (some proxies add it) posts its forms with `Origin: null`. No page can write
 * `Sec-Fetch-Site` itself, and of a page without an origin of its own (a sandbox, a redirect from elsewhere) browsers never say same-origin there.
 */
const isOurs = (origin: string | null, site: string | null, appOrigin: string) =>
  origin === "null" ? site === "same-origin" : isSameOrigin(origin ?? "", appOrigin);

/** Is it a path of the JSON API? Its calls bring a bearer and no cookie is read, so a foreign page has nothing to borrow there. */
export function isApiPath(path: string): boolean {
  return apiPath.test(path) && !dotSegment.test(path) && !path.includes("//");
}

/** Whether an address belongs to the JSON API, however oddly it is written: what goes wrong there is told as JSON. */
export const isForApi = (path: string): boolean => /^\/+(?:api|graphql)\/+v2(?:\/|$)/.test(path);

/**
 * The same address as clients of the API mean it: some write two slashes for one, or one at the end. Pages stay as they are. In and out: a
 * path with its query.
 */
export function straightened(url: string): string {
  const [path = "", ...query] = url.split("?");
  if (!isForApi(path)) return url;
  return [path.replace(/\/{2,}/g, "/").replace(/\/$/, ""), ...query].join("?");
}

/**
 * A form or an action call is never a call of the API, whatever its path says: Next runs server actions on any address,
 * the 404 page of an unknown path of the API included, and with cookies.
 */
function isBearerCall(asking: Asking): boolean {
  return isApiPath(asking.path) && !isActionCall(asking) && (isUploadPath(asking.path) || !looksLikeForm(asking));
}

function isActionCall(asking: Asking): boolean {
  return asking.header("next-action") !== null;
}

/** Whatever begins like a form: Next takes it for one by its first letters, "multipart/form-data,x" too. */
function looksLikeForm(asking: Asking): boolean {
  const type = asking.header("content-type")?.trim().toLowerCase() ?? "";
  return forms.some((form) => type.startsWith(form));
}

function isForm(asking: Asking): boolean {
  const type = asking.header("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  return forms.includes(type);
}
