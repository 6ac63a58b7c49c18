import type { App } from "@/lib/apps/app";
import { isSameOrigin } from "@/lib/kernel/authority";

/** What the SDK's calls carry besides simple headers; all of them are preflighted. */
const requestHeaders = [
  ...["authorization", "content-type", "x-authing-app-id", "x-authing-app-tenant-id", "x-authing-lang"],
  ...["x-authing-request-from", "x-authing-sdk-version", "x-authing-userpool-id"],
].join(", ");

type Headers = Readonly<Record<string, string>>;

/** Answers differ by origin, so no cache may mix them. */
const vary: Headers = { vary: "Origin" };

/**
 * The headers of a preflight's answer (Fetch, CORS protocol): one for that origin, if any app lists it. The preflight cannot say for which app it
 * asks; the call that follows does, and is judged again.
 */
export function preflightHeaders(origin: string | null, origins: ReadonlySet<string>): Headers {
  if (origin === null || !isAmong(origin, [...origins])) return vary;
  return {
    ...allowed(origin),
    "access-control-allow-methods": "GET, POST, DELETE",
    "access-control-allow-headers": requestHeaders,
    "access-control-max-age": "600",
  };
}

/** May a page of this origin call for this app? Programs that are no browsers send no origin. */
export const isOriginOf = ({ origins }: Pick<App, "origins">, origin: string | null): boolean =>
  origin === null || isAmong(origin, origins);

/** A browser writes an origin in one way; others may write the port or capitals that do not matter. */
const isAmong = (origin: string, origins: readonly string[]) => origins.some((one) => isSameOrigin(one, origin));

/** The headers of a call's answer: its page may read it. Clients always send credentials; the API reads no cookies. */
export const answerHeaders = (origin: string | null): Headers => (origin === null ? vary : allowed(origin));

const allowed = (origin: string): Headers => ({
  ...vary,
  "access-control-allow-origin": origin,
  "access-control-allow-credentials": "true",
});
