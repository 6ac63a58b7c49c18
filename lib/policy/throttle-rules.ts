import { type Duration, days, hours, inSeconds, minutes, seconds } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import { type FactorKind, factorKinds, type Traits, traits } from "@/lib/policy/traits";

/** Whose tries a counter counts: those on one known device, or those of everybody else (OWASP, device cookies: untrusted clients). */
export type Counter = "device" | "strangers";

/** Who is not judged any more once a cap is reached. */
export type ClosedTo = "strangers" | "everybody";

/** Rate limiting with backoff: free tries, then one try per wait; the waits grow and stay at the last. */
export type WaitingRule = {
  readonly kind: "waiting";
  readonly free: number;
  readonly waits: readonly Duration[];
  /** Consecutive failures at which nothing is judged any more. */
  readonly consecutiveCap: number | null;
  /** Failures in challenges that never succeeded, at which nothing is judged until everything of the kind is bound anew. */
  readonly orphanCap: number | null;
  /** One failure is forgotten per this much quiet. */
  readonly decay: Duration | null;
  /**
   * Which of its counters are deleted in the end: those of names that nobody has, once their failures are forgotten, as an account's are; one that
   * ended sooner would tell that there is no account. Null: none, because each bounds the guesses at an account or a factor.
   */
  readonly swept: "names that nobody has" | null;
};

/** Throttling by a window: so many within it, then none until it is over. */
export type WindowRule = {
  readonly kind: "window";
  readonly limit: number;
  readonly window: Duration;
  /** Its counters are a known device's, and are deleted when that is one no longer. All others are, once they are over. */
  readonly of?: "device";
  /** Its counters are one login's or one session's, which is over before the window is: no wait helps, a new login does at once. */
  readonly helps?: "a new login";
};

const growingWaits = [seconds(30), minutes(1), minutes(2), minutes(5), minutes(15), minutes(30), hours(1)] as const;

/** Wrong answers that one binding of a guessable factor ever stands, whoever gives them (NIST SP 800-63B-4, 3.2.2). */
export const capOfBinding = 100;

/** A factor that brute force could guess: with the cap of 100 per binding its chance is about 0.03 % in a secret's whole life. */
const guessable: WaitingRule = {
  kind: "waiting",
  free: 9,
  waits: growingWaits,
  consecutiveCap: capOfBinding,
  orphanCap: null,
  decay: null,
  swept: null,
};

/** The wrong answers of one kind, strangers': by what a kind says of its tries. */
const rulesOfKinds: Readonly<Record<NonNullable<Traits["tries"]>, WaitingRule>> = {
  /** Strangers stop ten short of the cap: those ten belong to the owner's own devices, and the sum stays at 100. */
  for_life: { ...guessable, orphanCap: 90 },
  /** The password as a step-up proof of an account that has nothing else. */
  in_a_row: guessable,
};

/**
 * Bucket → tries, window, whose. With the rules of the kinds above the only table of limits that outlive a challenge; how many tries one
 * challenge, one session or one enrolment has stands in `policy.ts`, as does how many wrong passwords in a row close an account (`policy.password`).
 */
export const throttleRules = {
  /** The password of one account, or of one unknown name, where strangers try it. */
  "password.strangers": {
    kind: "waiting",
    free: 4,
    waits: growingWaits,
    consecutiveCap: null,
    orphanCap: null,
    decay: days(1),
    swept: "names that nobody has",
  },
  /** The same on a device where this person has passed both doors; at the limit the device is forgotten. */
  "password.device": { kind: "window", limit: 10, window: days(30), of: "device" },
  /** The current password, where it is exchanged in a session with a fresh proof of a factor; at the limit the session ends. */
  "password.session": { kind: "window", limit: policy.session.passwordTries, window: policy.session.lifetime },
  /** A factor on a device where this person has passed both doors; at the limit the device is forgotten. */
  "factor.device": { kind: "window", limit: 10, window: days(30), of: "device" },
  /** Codes of one kind for one challenge, or one pending factor: the gap between two, and how many in all. */
  "send.gap": { kind: "window", limit: 1, window: policy.sentCode.resendAfter },
  "send.challenge": { kind: "window", limit: policy.sentCode.perChallenge, window: days(1) },
  /** Codes that are sent for one account by one channel, to whatever addresses. */
  "send.account": { kind: "window", limit: 5, window: hours(1) },
  "send.account_day": { kind: "window", limit: 10, window: days(1) },
  /** Codes to one address that is bound: only who knows a password of its owners gets as far. */
  "send.bound": { kind: "window", limit: 5, window: hours(1) },
  "send.bound_day": { kind: "window", limit: 10, window: days(1) },
  /** Codes to one address that somebody says is theirs, over all accounts: strangers use up none of what its owner needs. */
  "send.claimed": { kind: "window", limit: 3, window: hours(1) },
  "send.claimed_day": { kind: "window", limit: 5, window: days(1) },
  /** Different addresses that one account claims; `send.claimed_by` notes which were counted. */
  "send.claims": { kind: "window", limit: 3, window: days(1) },
  "send.claimed_by": { kind: "window", limit: 1, window: days(1) },
  /** Claimed numbers of one block of ten thousand: pumping walks through blocks. */
  "send.block": { kind: "window", limit: 10, window: days(1) },
  /** Codes to claimed addresses that one visitor's network asks for. */
  "send.near": { kind: "window", limit: 20, window: hours(1) },
  "send.wide": { kind: "window", limit: 100, window: days(1) },
  /** An owner's own, on a device where they have passed both doors: nobody else can use these up. */
  "send.reserve": { kind: "window", limit: 2, window: days(1) },
  /** Everything that leaves by one channel, and what of it somebody claims; the limits come from the settings `MAIL_PER_DAY` and `SMS_PER_DAY`, and half of that: without them nothing would leave. */
  "send.world": { kind: "window", limit: 0, window: days(1) },
  /** Notices to administrators about one level of one budget in one of its days. */
  "budget.told": { kind: "window", limit: 1, window: days(1) },
  /** Notices by text message to one account's numbers; by mail they always leave. */
  "notice.sms": { kind: "window", limit: 10, window: days(1) },
  /** Questions whether an address may be bound. */
  "bindable.challenge": { kind: "window", limit: 5, window: hours(1), helps: "a new login" },
  "bindable.account": { kind: "window", limit: 20, window: days(1) },
  /** Notices of one kind at one account's own address: the first leaves at once; what comes again within the hour is one digest, counted up, at its end. */
  "notice.gathered": { kind: "window", limit: 1, window: hours(1) },
  /** Dangerous changes that one session asks for: each is a letter to every address. */
  "change.asked": { kind: "window", limit: 10, window: days(1), helps: "a new login" },
  /** Confirmations of pending factors: beginning again does not reset the hour. */
  "enrolment.confirm": { kind: "window", limit: 10, window: hours(1) },
  "enrolment.begin": { kind: "window", limit: 20, window: hours(1) },
  /** Changes of what apps may call somebody: they write an event each. */
  "profile.change": { kind: "window", limit: 30, window: hours(1) },
  /** Changes of one's user name. The answer tells whether somebody has it, so nobody may ask often. */
  "username.change": { kind: "window", limit: 10, window: days(1) },
  /** Logins by address: IPv4 /32 and IPv6 /64, then the wider /24 and /48; the limits are `LOGINS_PER_ADDRESS` and ten times that. Never the only control. */
  "address.near": { kind: "window", limit: 30, window: minutes(5) },
  "address.wide": { kind: "window", limit: 300, window: minutes(5) },
  /** Links that were sent or handed out, by address: set-up, invitations, registrations, resets, unlocks, vetoes, the alarm page. One that opens is refunded, so they count what opens nothing; nobody guesses 256 bits, and they bound that work. */
  "links.near": { kind: "window", limit: 100, window: minutes(5) },
  "links.wide": { kind: "window", limit: 1000, window: minutes(5) },
  /** Questions for a registration by address: each may send a letter to somebody else. */
  "register.near": { kind: "window", limit: 20, window: hours(1) },
  "register.wide": { kind: "window", limit: 200, window: hours(1) },
  /** Asking for a new password, by address: strangers may name anybody, and each asking is a row. */
  "forgot.near": { kind: "window", limit: 20, window: minutes(5) },
  "forgot.wide": { kind: "window", limit: 200, window: minutes(5) },
  /** Letters about a forgotten password to one account, and beside them those that its known devices ask for: nobody else can use these up. */
  "reset.account": { kind: "window", limit: 5, window: hours(1) },
  "reset.reserve": { kind: "window", limit: 2, window: days(1) },
  /** Codes from such a letter that an app passes on: at eight digits twenty a day are a chance of one in five million. */
  "reset.code": { kind: "window", limit: 20, window: days(1) },
  /** Letters that open a password's counter for one browser; then judged tries at the password there, and all of an account's in a day. */
  "unlock.account": { kind: "window", limit: 3, window: hours(1) },
  /** Codes typed in a browser that waits for such a letter, whether there is one or not. It refuses nothing, the letter does: so many are recorded, whoever was named. */
  "unlock.code": { kind: "window", limit: policy.unlock.codeTries, window: hours(1) },
  "password.unlock": { kind: "window", limit: 10, window: days(1) },
  "unlock.day": { kind: "window", limit: 20, window: days(1) },
  /** Logins on one known device, in the place of its address's: right ones count too. */
  "login.device": { kind: "window", limit: 30, window: minutes(5) },
  /** Right passwords of one account whose try at the address is refunded. */
  "login.given_back": { kind: "window", limit: 10, window: minutes(5) },
  /** Calls of one app from one network that bring no token which opens. */
  "app.address": { kind: "window", limit: 600, window: minutes(5) },
  /** Logins that an app's own servers pass on without saying whose they are; its people share an address. */
  "app.server": { kind: "window", limit: 3000, window: minutes(5) },
} as const satisfies Record<string, WaitingRule | WindowRule>;

/** The bucket of a kind's wrong answers. */
export type KindRuleName = `factor.${FactorKind}`;

export type ThrottleRuleName = keyof typeof throttleRules | KindRuleName;

/** The bucket of a kind, and null where guessing is hopeless by entropy alone. */
export const bucketOf = (kind: FactorKind): KindRuleName | null =>
  traits[kind].tries === null ? null : `factor.${kind}`;

/** Throws for a kind whose answers nobody counts. */
export function ruleOfKind(kind: FactorKind): WaitingRule {
  const { tries } = traits[kind];
  if (tries === null) throw new Error(`Wrong answers of the kind ${kind} are not counted.`);
  return rulesOfKinds[tries];
}

export function ruleOf(name: ThrottleRuleName): WaitingRule | WindowRule {
  const kind = factorKinds.find((one) => name === `factor.${one}`);
  if (kind !== undefined) return ruleOfKind(kind);
  if (isOfNoKind(name)) return throttleRules[name];
  throw new Error(`There is no rule ${name}.`);
}

const isOfNoKind = (name: ThrottleRuleName): name is keyof typeof throttleRules => Object.hasOwn(throttleRules, name);

/** The waits of a rule in whole seconds, as the one SQL statement wants them. */
export const waitsInSeconds = (rule: WaitingRule): number[] => rule.waits.map(inSeconds);
