import { config } from "@/lib/config/config";
import type { Config } from "@/lib/config/read-config";
import { type Duration, days, inSeconds, milliseconds, seconds } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** How one cookie is kept: how long (null: until the browser closes), and whether another site's link may bring it along. */
type Keeping = { readonly life: Duration | null; readonly sameSite: "lax" | "strict" };

const aYear = days(365);

/** Every cookie that the portal sets, once. `docs/security/sessions.md` says what each is for; a test compares the two. */
export const cookieKinds = {
  session: { life: policy.session.lifetime, sameSite: "lax" },
  /** Between the two doors, and a little longer, to be told what became of it. Strict: no other site can even bring it along. */
  "second-door": { life: milliseconds(policy.challenge.lifetime + policy.challenge.toldFor), sameSite: "strict" },
  /** A browser that has passed both doors: counters of its own, nothing more unless its owner trusts it. */
  "known-device": { life: policy.device.lifetime, sameSite: "lax" },
  /** A browser that asked for a letter because strangers keep its owner waiting, and then the one in which the letter opened the password's counter. */
  unlock: { life: milliseconds(policy.unlock.letter + policy.unlock.open), sameSite: "strict" },
  /** A browser that was handed a challenge for a passkey at the first door: only it may bring the answer. Strict, and for this sitting alone. */
  "signing-in": { life: null, sameSite: "strict" },
  /** Words that are shown once, sealed for one person, until they say that they have saved them. */
  "shown-once": { life: policy.reveal.lifetime, sameSite: "strict" },
  /** Where an action led this browser, so that the page there may say what was done: an address alone could be written by anybody. As long as the codes that may stand between. */
  said: { life: policy.reveal.lifetime, sameSite: "strict" },
  /**
   * Given at the first doors to see whether this browser keeps any cookie at all: what comes after them could not be found again. It lives on
   * when the browser closes, because a tab that is restored shows its form without asking for it anew.
   */
  probe: { life: aYear, sameSite: "lax" },
  /** They were offered a factor that opens both doors, and said: not now. Says nothing about the person. */
  "offer-declined": { life: days(90), sameSite: "lax" },
  language: { life: aYear, sameSite: "lax" },
  theme: { life: aYear, sameSite: "lax" },
  /** next-auth notes where a login came from. Nobody reads it: named and pinned like every other cookie, and over at once. */
  "came-from": { life: seconds(0), sameSite: "lax" },
} as const satisfies Record<string, Keeping>;

export type CookieKind = keyof typeof cookieKinds;

/** The part of the configuration that cookies hang on. */
export type Address = Pick<Config, "appUrl" | "isHttps">;

/** What a browser is told about a cookie beside its value. */
export type CookieOptions = {
  readonly path: "/";
  readonly secure: boolean;
  readonly httpOnly: true;
  readonly sameSite: "lax" | "strict";
  readonly maxAge?: number;
};

/** A cookie of this portal: its name, and everything that is said when it is set. */
export type Cookie = { readonly name: string; readonly options: CookieOptions };

/** The cookie of a kind at this portal's address. `life`: longer or shorter than usual. */
export function cookieOf(kind: CookieKind, address: Address = config(), life: Duration | null = lifeOf(kind)): Cookie {
  const { sameSite } = cookieKinds[kind];
  const options = { path: "/", secure: address.isHttps, httpOnly: true, sameSite } as const;
  const name = namePrefix(address) + kind;
  return { name, options: life === null ? options : { ...options, maxAge: inSeconds(life) } };
}

/**
 * What every name begins with. On https `__Host-` pins a cookie to this host and to secure transport (RFC 6265bis, 4.1.3.2). Plain http is
 * this machine alone (the configuration sees to that), where Safari keeps no `Secure` cookie and so no `__Host-` one. Cookies know no ports:
 * where the address names one, or there is no `__Host-`, the port keeps two portals of one host name apart. It stands in front, because
 * next-auth collects the session cookie by the beginning of its name: behind it, `session-p80` would take `session-p8080` for a piece of itself.
 */
export function namePrefix({ appUrl, isHttps }: Address): string {
  const { port } = new URL(appUrl);
  if (!isHttps) return `p${port === "" ? 80 : port}-`;
  return port === "" ? "__Host-" : `__Host-p${port}-`;
}

const lifeOf = (kind: CookieKind): Duration | null => cookieKinds[kind].life;
