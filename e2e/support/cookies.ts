import { type CookieKind, cookieOf } from "@/lib/cookies/cookies";

/** What a portal at this address calls a cookie. */
export const cookieName = (url: string, kind: CookieKind): string =>
  cookieOf(kind, { appUrl: url, isHttps: url.startsWith("https:") }).name;

/** The same with a value, as a browser brings it along. */
export const cookieLine = (url: string, kind: CookieKind, value: string): string => `${cookieName(url, kind)}=${value}`;
