import type { FactorKind } from "@/lib/policy/traits";

/** Where people land when nothing else was asked for. */
const home = "/security";

const longest = 2048;

/** Printable ASCII that belongs in a path and a query; no backslash, no space, no fragment, no quotes. */
const harmless = /^\/[A-Za-z0-9\-._~!$&'()*+,;=:@/%?]*$/;

/** Encoded slashes, backslashes, dots, percent signs and control characters: another parser may decode them again. */
const encodedTrick = /%(?:2f|5c|2e|25|[01][0-9a-f]|7f)/i;

/** The way in itself: going back there after a login would be a circle. Nor does the API make a page. */
const notPages =
  /^\/(?:login|challenge|setup|register|welcome|alarm|enrol|forgot-password|reset-password|unlock|api|graphql|_next)(?:\/|$)/;

/**
 * The destination of a login, which must not be an open redirect: the path to go to afterwards, out of whatever a client sent: one of our own paths, or `/security`. It judges by an
 * allow-list of characters, so that browsers and servers cannot disagree about what the address means (ASVS 3.7.2).
 */
export function returnTo(value: unknown): string {
  if (typeof value !== "string" || value.length > longest || !harmless.test(value)) return home;
  const [path = ""] = value.split("?");
  if (path.includes("//") || encodedTrick.test(path) || /(?:^|\/)\.{1,2}(?:\/|$)/.test(path)) return home;
  if (!isWellEncoded(value) || notPages.test(path) || path === "/") return home;
  return value;
}

/** A path of the second door that carries where its tab goes afterwards; the usual place needs no word. `to` was read before. */
export function withReturnTo(path: string, to: string): string {
  if (to === home) return path;
  return `${path}${path.includes("?") ? "&" : "?"}returnTo=${encodeURIComponent(to)}`;
}

/** The first door, for whoever wants to go to `to`. `isEnded`: they bring a session that lives no longer, which they are told. */
export const loginPath = (to: string, isEnded: boolean): string =>
  `/login?returnTo=${encodeURIComponent(to)}${isEnded ? "&session=over" : ""}`;

/** Where somebody chooses a new password whose reset is satisfied in this browser. */
export const newPasswordPath = "/reset-password/new";

/** The page of one way of the second door, to which a person is led straight; null: which one it is the chooser finds out. */
export const pathOfWay = (kind: FactorKind | null): string => (kind === null ? "/challenge" : `/challenge/${kind}`);

/** Where a form of the second door leads when its challenge is over: the page that goes on, or says why not. */
export const overPath = (fields: Readonly<Record<string, string>>): string =>
  withReturnTo("/challenge/expired", returnTo(fields.returnTo));

function isWellEncoded(value: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(value);
}
