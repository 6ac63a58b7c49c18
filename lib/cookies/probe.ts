import { type Address, type Cookie, type CookieKind, cookieKinds, cookieOf } from "@/lib/cookies/cookies";

/** The pages where somebody comes in without anything but what they type or hold: nothing of theirs is in the browser yet. */
const firstDoors =
  /^\/(?:login|setup|register|(?:register|welcome)\/[^/]+|forgot-password|reset-password\/(?!new$)[^/]+|unlock(?:\/[^/]+)?)$/;

/** Is this the path of a first door? A browser gets the probe there, and the forms behind it look for it. */
export const isFirstDoor = (path: string): boolean => firstDoors.test(path);

/** The `Set-Cookie` line of the probe: it says nothing but that it came back. */
export const probeLine = (address?: Address): string => lineOf(cookieOf("probe", address), "1");

/** The same cookie as a browser brings it back. */
export const probeSent = (address?: Address): string => `${cookieOf("probe", address).name}=1`;

/**
 * Does a browser that brings cookies of these names keep ours? Any of them says so: a page that was open while the portal was updated was
 * served before there was a probe.
 */
export const keepsCookies = (brought: readonly string[], address?: Address): boolean =>
  kinds.some((kind) => brought.includes(cookieOf(kind, address).name));

const kinds = Object.keys(cookieKinds).filter((kind): kind is CookieKind => kind in cookieKinds);

function lineOf({ name, options }: Cookie, value: string): string {
  const { path, secure, sameSite, maxAge } = options;
  const life = maxAge === undefined ? "" : `; Max-Age=${maxAge}`;
  return `${name}=${value}; Path=${path}${life}; HttpOnly; SameSite=${sameSite}${secure ? "; Secure" : ""}`;
}
