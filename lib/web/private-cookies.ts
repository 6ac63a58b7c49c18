import { days, inSeconds } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/**
 * Cookies that remember a preference, never a person. `__Host-` pins them to this host and to secure transport
 * (RFC 6265bis, 4.1.3.2); no name begins like the session cookie's, whose chunks are found by prefix.
 */
const preference = { path: "/", secure: true, httpOnly: true, sameSite: "lax", maxAge: inSeconds(days(365)) } as const;

export const languageCookie = { name: "__Host-language", options: preference } as const;

export const themeCookie = { name: "__Host-theme", options: preference } as const;

/** A browser that has passed both doors: its own lane of counters, nothing more. */
export const deviceCookie = {
  name: "__Host-known-device",
  options: { ...preference, maxAge: inSeconds(policy.trustedDevice.lifetime) },
} as const;

/** Between the two doors. Strict: no other site can even bring it along. */
export const mfaCookie = {
  name: "__Host-second-door",
  options: { ...preference, sameSite: "strict", maxAge: inSeconds(policy.challenge.lifetime) },
} as const;

/** Words that are shown once, sealed for one person, until they say that they have saved them. */
export const revealCookie = {
  name: "__Host-shown-once",
  options: { ...preference, sameSite: "strict", maxAge: inSeconds(policy.reveal.lifetime) },
} as const;

/** How a cookie is taken back: the same attributes and no life left. */
export const gone = <O extends object>(options: O) => ({ ...options, maxAge: 0 });
