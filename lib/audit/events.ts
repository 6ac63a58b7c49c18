import { whose } from "@/lib/audit/whose";

/** What an app is allowed from now on. */
const appKeys = [
  "by",
  "app",
  "called",
  "origins",
  "servers",
  "redirect",
  "unmasked",
  "demands",
  "is_default",
  "default_from",
] as const;

/** How it went: done, not allowed, or tried and not come about. */
export type Result = "ok" | "refused" | "failed";

/**
 * Every event of the audit log: how it went, what it says to whoever reads the table `security_events` or the log, and the only keys its `meta` may carry. Names
 * are `noun.past_tense` and never reused. What is not listed here cannot be recorded, so that no secret slips in by habit.
 * docs/security/events.md is written from it.
 */
export const events = {
  "setup.link_created": ok("a link for the first administrator was printed", "by", "portal", "portal_id"),
  "setup.completed": ok("the first administrator was made by that link"),
  "account.created": ok("an account was made", "admin", "by"),
  "account.unlocked": ok("waits and counts of wrong passwords were ended by command", "by"),
  "account.policy_changed": ok(
    "what second factor is asked of one person was changed by command",
    "by",
    "demand",
    "from",
    "kinds",
    "count",
    "email_counts",
  ),
  "account.email_changed": ok("the login e-mail was changed by command", "by", "sessions"),
  "account.phone_changed": ok("the number to log in with was changed by command", "by", "has_phone"),
  "account.factors_reset": ok(
    "all factors and recovery codes of an account were removed by command",
    "by",
    "factors",
    "codes",
    "sessions",
  ),
  "account.contained": ok(
    'somebody answered a letter with "this was not me": sessions, devices and, where it is safe, the password are gone',
    "challenge",
    "link",
  ),
  "invitation.created": ok("a one-time link to choose a password was made by command", "by"),
  "invitation.accepted": ok("its holder chose a password"),
  "link.refused": refused("a one-time link that is over, used or unknown was opened", "purpose", "reason"),
  "authz.refused": refused(
    "somebody asked for what is not theirs or is not there: a factor, a challenge of another session, an app",
    "what",
    "left_out",
  ),
  "origin.refused": refused("a form or a call came from a page of another origin", "why", "route", "left_out"),
  "login.password_accepted": ok("the first door was passed", "challenge", whose),
  "login.password_refused": refused("name and password do not belong together", whose, "known"),
  "login.throttled": refused("a login was refused without judging it, because a limit is reached", whose, "known"),
  "challenge.answered": ok("the second door, or a step-up, was passed", "challenge", "purpose", "kind"),
  "challenge.half_answered": ok("one of two proofs of a step-up was given", "challenge", "purpose", "kind"),
  "challenge.refused": refused(
    "a code or password at a challenge was refused",
    "challenge",
    "purpose",
    "kind",
    "reason",
  ),
  "challenge.died": okOrRefused("a challenge ended after five judged tries", "challenge", "purpose"),
  "challenge.cancelled": ok("somebody pressed Cancel", "challenge", "purpose"),
  "challenge.started": ok("a step-up was begun for an action", "challenge", "purpose", "action"),
  "session.opened": ok("a session was opened: both doors are behind", "challenge", "amr", whose),
  "session.token_replaced": ok("a session got another token"),
  "session.ended": ok("one session ended", "why"),
  "sessions.ended": ok("several sessions ended together", "why", "count"),
  "proof.refreshed": ok("a session gave a fresh proof", "kind"),
  "factor.begun": ok("binding a factor was begun", "kind", "factor"),
  "factor.bound": ok("a factor was bound", "kind", "factor", "replaced"),
  "factor.confirm_refused": refused("the first code of a factor was refused", "kind", "factor", "reason"),
  "factor.enrolment_cancelled": ok("binding a factor was given up", "kind"),
  "factor.renamed": ok("a factor got another name", "kind", "factor"),
  "factor.removed": ok("a factor was removed", "kind", "factor"),
  "factor.closed": refused("a kind reached its cap of wrong codes and takes none any more", "kind", whose),
  "code.posted": ok("a code was sent by mail or text message", "kind", "factor", "purpose"),
  "code.post_refused": refused("a code was not sent, because a budget or a rule forbids it", "channel", "reason"),
  "send.budget_spent": refused("the day's budget of a channel is spent: administrators are told", "channel"),
  "recovery.generated": ok("a set of recovery codes was made", "count"),
  "recovery.used": ok("a recovery code opened a door", "left"),
  "recovery.added": ok("a code joined the set", "left"),
  "recovery.voided": ok("the recovery codes were voided with the last factor"),
  "password.changed": ok("a password was chosen", "sessions"),
  "password.change_refused": refused("a new password was refused", "reason"),
  "device.trusted": ok("a browser became a known device", "device"),
  "device.forgotten": ok("a known device is one no more", "device", "why"),
  "letter.parked": failed("a letter could not be sent and waits for the operator", "kind", "channel", "tries", "fault"),
  "letter.retried": ok("a parked letter was put back into the queue by command", "kind", "channel", "by"),
  "channel.proven": ok("a test letter arrived: the channel may carry codes", "channel", "by"),
  "channel.test_failed": failed("a test letter could not be sent", "channel", "by"),
  "app.registered": ok("an app was registered", ...appKeys),
  "app.changed": ok("what an app may do was changed", ...appKeys),
  "app.removed": ok("an app was removed, and its sessions ended", "by", "app", "sessions"),
  "addresses.rewritten": ok(
    "e-mail addresses that were stored before they had one form were brought into it",
    "users",
    "factors",
    "taken",
  ),
  "handles.rewritten": ok(
    "handles of bound addresses that hung on an older key of `PORTAL_KEYS` were brought under the index key",
    "factors",
  ),
  "keys.rotation_begun": ok("sealing everything anew was begun", "by", "key"),
  "keys.rotated": ok("sealing everything anew is done", "by", "rows", "key"),
} as const satisfies Readonly<Record<string, Entry>>;

type Entry = { readonly results: readonly Result[]; readonly means: string; readonly carries: readonly string[] };

function ok<const K extends readonly string[]>(means: string, ...carries: K) {
  return { results: ["ok"], means, carries } as const;
}

function refused<const K extends readonly string[]>(means: string, ...carries: K) {
  return { results: ["refused"], means, carries } as const;
}

function failed<const K extends readonly string[]>(means: string, ...carries: K) {
  return { results: ["failed"], means, carries } as const;
}

/** One name for two: whoever records it says which. */
function okOrRefused<const K extends readonly string[]>(means: string, ...carries: K) {
  return { results: ["ok", "refused"], means, carries } as const;
}

export type EventName = keyof typeof events;
export type EventMeta<N extends EventName> = {
  readonly [K in (typeof events)[N]["carries"][number]]?: string | number | boolean;
};
export type ResultOf<N extends EventName> = (typeof events)[N]["results"][number];

/** The events that can go so. */
export type EventThat<R extends Result> = { [N in EventName]: R extends ResultOf<N> ? N : never }[EventName];
