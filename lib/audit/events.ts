import { whose } from "@/lib/audit/whose";
import type { MessageId } from "@/lib/messages/catalogue";

const nobodys = "it belongs to nobody's account";

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
  "setup.link_created": unseen(
    nobodys,
    ok("a link for the first administrator was printed", "by", "portal", "portal_id"),
  ),
  "setup.completed": change("activity.setup_completed", ok("the first administrator was made by that link")),
  "account.created": change("activity.account_created", ok("an account was made", "admin", "by")),
  "account.unlocked": change(
    "activity.account_unlocked",
    ok("waits and counts of wrong passwords were ended by command", "by"),
  ),
  "account.policy_changed": change(
    "activity.policy_changed",
    ok(
      "what second factor is asked of one person was changed by command",
      "by",
      "demand",
      "from",
      "kinds",
      "count",
      "email_counts",
      "strength",
    ),
  ),
  "account.email_changed": change(
    "activity.email_changed",
    ok("the login e-mail was changed by command", "by", "sessions"),
  ),
  "account.email_moved": told("changes", ok("the login e-mail was changed by its owner", "sessions", "revertible")),
  "account.email_reverted": told(
    "changes",
    ok(
      "a change of the login e-mail was taken back by the link in the old mailbox: sessions and the password are gone",
    ),
  ),
  "account.email_confirmed": change(
    "activity.email_confirmed",
    ok("a link or code that was sent to the login e-mail was used", "by"),
  ),
  "account.phone_changed": change(
    "activity.phone_changed",
    ok("the number to log in with was changed, by its owner or by command", "by", "has_phone"),
  ),
  "account.phone_confirmed": change(
    "activity.phone_confirmed",
    ok("the owner proved by a code the number to log in with, which somebody else had set"),
  ),
  "account.username_changed": told("changes", ok("the user name was changed by its owner", "has")),
  "account.profile_changed": change(
    "activity.profile_changed",
    ok("what apps may call somebody was changed by themselves", "client"),
  ),
  "contact.added": told("changes", ok("a further address is told what happens", "contact")),
  "contact.removed": told("changes", ok("a further address is told no more, after seven days", "contact")),
  "contact.refused": change(
    "activity.contact_refused",
    refused("the code for an address that was to be proven was wrong", "purpose", "reason"),
  ),
  "account.factors_reset": change(
    "activity.factors_reset",
    ok("all factors and recovery codes of an account were removed by command", "by", "factors", "codes", "sessions"),
  ),
  "account.disabled": told(
    "changes",
    ok("an account was disabled by command: it opens for nobody, and its sessions are over", "by", "sessions"),
  ),
  "account.enabled": told("changes", ok("a disabled account was opened again by command", "by")),
  "account.contained": change(
    "activity.contained",
    ok(
      'somebody answered a letter with "this was not me": sessions, devices and, where it is safe, the password are gone',
      "challenge",
      "link",
    ),
  ),
  "account.deleted": unseen(
    "its account is gone, and with it whoever could read it; the farewell letter tells it",
    ok("an account was deleted, as its owner had asked a week before", "admin"),
  ),
  "pending.asked": change(
    "activity.pending_asked",
    ok("a dangerous change was asked for and waits", "change", "kind", "hours"),
  ),
  "pending.counted": unseen(
    "its letters say how long it waits",
    ok("the wait of a change began to count, because a letter about it has left", "change", "kind", "hours"),
  ),
  "pending.untold": change(
    "activity.pending_untold",
    failed(
      "nobody could be told of a change that waits: it waits longer, and administrators are told",
      "change",
      "kind",
      "hours",
    ),
  ),
  "pending.done": change(
    "activity.pending_done",
    ok("a change was done: it was due, or at once", "change", "kind", "at_once"),
  ),
  "pending.vetoed": change("activity.pending_vetoed", ok("a change that waited was stopped", "change", "kind", "why")),
  "pending.refused": change(
    "activity.pending_refused",
    failed(
      "a change that waited is not possible any more: when it was due, or after a restore",
      "change",
      "kind",
      "why",
    ),
  ),
  "data.ready": told("changes", ok("the data of an account may be downloaded for a day")),
  "data.downloaded": change("activity.data_downloaded", ok("the data of an account was downloaded", "file")),
  "account.locked": told(
    "changes",
    ok("somebody who was logged in locked the account: sessions, devices and the password are gone"),
  ),
  "invitation.created": change(
    "activity.invitation_created",
    ok("a one-time link to choose a password was made by command", "by"),
  ),
  "invitation.accepted": change("activity.invitation_accepted", ok("its holder chose a password")),
  "registration.asked": login(
    "activity.registration_asked",
    ok("somebody asked for an account with an e-mail address; whoever has that address already is the subject"),
  ),
  "registration.completed": change(
    "activity.registered",
    ok("an account was made by the link that was sent to its address"),
  ),
  "link.refused": login(
    "activity.link_refused",
    refused("a one-time link that is over, used or unknown was opened", "purpose", "reason", "left_out"),
  ),
  "authz.refused": unseen(
    "nothing of the account was touched; it is for the operator",
    refused(
      "somebody asked for what is not theirs or is not there: a factor, a challenge of another session, an app",
      "what",
      "left_out",
    ),
  ),
  "origin.refused": unseen(
    nobodys,
    refused("a form or a call came from a page of another origin", "why", "route", "left_out"),
  ),
  "login.password_accepted": login("activity.password_accepted", ok("the first door was passed", "challenge", whose)),
  "login.password_refused": login(
    "activity.password_refused",
    refused("name and password do not belong together", whose, "known", "left_out"),
  ),
  "login.passkey_accepted": login(
    "activity.passkey_accepted",
    ok("both doors were passed by a passkey that verified its person", "challenge", "factor"),
  ),
  "login.passkey_refused": login(
    "activity.passkey_refused",
    refused("a passkey opened no door; of one that nobody has there is no subject", "reason", "left_out"),
  ),
  "login.throttled": login(
    "activity.login_throttled",
    refused(
      "a login was refused without judging it, because a limit is reached; the first one of each window and each wait",
      whose,
      "known",
      "left_out",
    ),
  ),
  "challenge.answered": login(
    "activity.challenge_answered",
    ok("the second door, or a step-up, was passed", "challenge", "purpose", "kind"),
  ),
  "challenge.skipped": login(
    "activity.challenge_skipped",
    ok("the second door was not asked, because the browser is trusted", "challenge", "device"),
  ),
  "challenge.half_answered": login(
    "activity.challenge_half",
    ok("one of two proofs of a step-up was given", "challenge", "purpose", "kind"),
  ),
  "challenge.refused": login(
    "activity.challenge_refused",
    refused("a code or password at a challenge was refused", "challenge", "purpose", "kind", "reason"),
  ),
  "challenge.died": login(
    "activity.challenge_died",
    okOrRefused("a challenge ended after five judged tries", "challenge", "purpose"),
  ),
  "challenge.cancelled": login("activity.challenge_cancelled", ok("somebody pressed Cancel", "challenge", "purpose")),
  "challenge.started": unseen(
    "a page asked for a proof; what came of it is told",
    ok("a step-up was begun for an action", "challenge", "purpose", "action"),
  ),
  "session.opened": login(
    "activity.session_opened",
    ok("a session was opened: both doors are behind", "challenge", "amr", whose, "device"),
  ),
  "session.token_replaced": unseen(
    "the cookie of a session was renewed, which nobody sees or needs to",
    ok("a session got another token"),
  ),
  "session.ended": login("activity.session_ended", ok("one session ended", "why")),
  "sessions.ended": login("activity.sessions_ended", ok("several sessions ended together", "why", "count", "app")),
  "proof.refreshed": unseen("another event of the same moment tells it", ok("a session gave a fresh proof", "kind")),
  "factor.begun": change("activity.factor_begun", ok("binding a factor was begun", "kind", "factor")),
  "factor.bound": change("activity.factor_bound", ok("a factor was bound", "kind", "factor", "replaced")),
  "factor.confirm_refused": change(
    "activity.factor_confirm_refused",
    refused("the first code of a factor was refused", "kind", "factor", "reason"),
  ),
  "factor.enrolment_cancelled": change("activity.factor_cancelled", ok("binding a factor was given up", "kind")),
  "factor.renamed": change("activity.factor_renamed", ok("a factor got another name", "kind", "factor")),
  "factor.removed": change("activity.factor_removed", ok("a factor was removed", "kind", "factor")),
  "factor.closed": login(
    "activity.factor_closed",
    refused("a kind reached its cap of wrong codes and takes none any more", "kind", whose),
  ),
  "passkey.made_unasked": told(
    "changes",
    ok("a browser made a passkey after a login with a password, without a dialogue: it ends nothing", "kind", "factor"),
  ),
  "passkey.counter_behind": told(
    "logins",
    okOrRefused(
      "a passkey counted no further than at its last use: it may have been copied; one that cannot be in two places was refused",
      "factor",
    ),
  ),
  "code.posted": login(
    "activity.code_posted",
    ok("a code was sent by mail or text message", "kind", "factor", "purpose"),
  ),
  "code.post_refused": login(
    "activity.code_refused",
    refused("a code was not sent, because a budget or a rule forbids it", "channel", "reason"),
  ),
  "send.budget_spent": unseen(
    nobodys,
    refused("the day's budget of a channel is spent: administrators are told", "channel"),
  ),
  "recovery.generated": change("activity.recovery_generated", ok("a set of recovery codes was made", "count")),
  "recovery.used": login("activity.recovery_used", ok("a recovery code opened a door", "left")),
  "recovery.added": change("activity.recovery_added", ok("a code joined the set", "left")),
  "recovery.voided": change(
    "activity.recovery_voided",
    ok("the recovery codes were voided: with the last factor, or by a reset"),
  ),
  "password.changed": told("changes", ok("a password was chosen", "sessions")),
  "password.reset": told(
    "changes",
    ok(
      "a forgotten password was set anew, by a letter and whatever else the account asks",
      "sessions",
      "devices",
      "factors",
    ),
  ),
  "reset.letter_sent": login(
    "activity.reset_letter",
    ok("somebody asked for a new password, and a letter about it was written", "way"),
  ),
  "reset.begun": login(
    "activity.reset_begun",
    ok(
      "the button behind such a letter's link was pressed, or (`why`) the old password of a locked account was typed",
      "challenge",
      "why",
    ),
  ),
  "unlock.letter_sent": login(
    "activity.unlock_letter",
    ok("somebody whom strangers keep waiting asked for a letter that lets one browser try, and it was written"),
  ),
  "unlock.opened": login(
    "activity.unlock_opened",
    ok("by the link or the code of such a letter one browser may try the password", "by"),
  ),
  "unlock.refused": login(
    "activity.unlock_refused",
    refused("a wrong code of such a letter was typed", "reason", "left_out"),
  ),
  "password.change_refused": change(
    "activity.password_change_refused",
    refused("a new password was refused", "reason"),
  ),
  "device.trusted": login("activity.device_known", ok("a browser became a known device", "device")),
  "devices.forgotten": change(
    "activity.devices_forgotten",
    ok("known devices are known no more, because their owner said so", "why", "count"),
  ),
  "device.trust_given": change(
    "activity.trust_given",
    ok("its owner asked that the second step be asked no more in a known browser, for some days", "device"),
  ),
  "device.trust_withdrawn": change(
    "activity.trust_withdrawn",
    ok("a trusted browser is known and nothing more, because its owner said so", "device"),
  ),
  "device.copied": told(
    "changes",
    refused(
      "a trusted browser came with a token that had been replaced: one of two is a copy, and both are shut",
      "device",
    ),
  ),
  "device.renamed": change("activity.device_renamed", ok("a known browser got another name", "device")),
  "device.forgotten": change("activity.device_forgotten", ok("a known device is one no more", "device", "why")),
  "letter.parked": change(
    "activity.letter_parked",
    failed("a letter could not be sent and waits for the operator", "kind", "channel", "tries", "fault"),
  ),
  "letter.retried": change(
    "activity.letter_retried",
    ok("a parked letter was put back into the queue by command", "kind", "channel", "by"),
  ),
  "channel.proven": unseen(nobodys, ok("a test letter arrived: the channel may carry codes", "channel", "by")),
  "channel.test_failed": unseen(nobodys, failed("a test letter could not be sent", "channel", "by")),
  "app.registered": unseen(nobodys, ok("an app was registered", ...appKeys)),
  "app.changed": unseen(nobodys, ok("what an app may do was changed", ...appKeys)),
  "app.removed": unseen(nobodys, ok("an app was removed, and its sessions ended", "by", "app", "sessions")),
  "addresses.rewritten": unseen(
    nobodys,
    ok("e-mail addresses that were stored before they had one form were brought into it", "users", "factors", "taken"),
  ),
  "handles.rewritten": unseen(
    nobodys,
    ok(
      "handles of bound addresses that hung on an older key of `PORTAL_KEYS` were brought under the index key",
      "factors",
    ),
  ),
  "keys.rotation_begun": unseen(nobodys, ok("sealing everything anew was begun", "by", "key")),
  "backup.made": unseen(
    nobodys,
    ok("a backup was made by the schedule or its command, and read back", "by", "rows", "bytes"),
  ),
  "backup.failed": unseen(nobodys, failed("the schedule could not make a backup: administrators are told", "reason")),
  "events.cut": unseen(
    nobodys,
    failed(
      "sealed events that a portal had seen are not in the database any more, others stand there or come there, or a seal was not made by a portal: administrators are told, once",
      "seal",
      "by",
    ),
  ),
  "events.forged": unseen(
    nobodys,
    failed(
      "`events` stand in the record that no portal wrote as they are, or under a number that was given to none; `first` is the number of one: administrators are told, once a day",
      "first",
      "events",
      "by",
    ),
  ),
  "events.unsealed": unseen(
    nobodys,
    failed(
      "for a quarter of an hour nothing was sealed though events waited, the oldest `since` then: what has no seal can be taken out unseen",
      "since",
      "by",
    ),
  ),
  "mail.switched": unseen(
    nobodys,
    ok("from this start on letters leave by mail, or none does; noted where it is another way than before", "on"),
  ),
  "events.renumbered": unseen(
    nobodys,
    ok("numbers are given to events behind the newest one again, after somebody had set them back", "by", "from", "to"),
  ),
  "portal.restored": unseen(
    "a letter and a page tell it to everybody, once",
    ok(
      "the portal was set back to a backup: sessions, devices, links and recovery codes are void",
      "by",
      "to",
      "accounts",
      "closed",
    ),
  ),
  "passkeys.vouched": unseen(
    nobodys,
    ok(
      "the operator said that nothing newer than what restores brought back is to come: browsers hear again which passkeys are gone",
      "by",
      "restores",
    ),
  ),
  "keys.rotated": unseen(nobodys, ok("sealing everything anew is done", "by", "rows", "key")),
} as const satisfies Readonly<Record<string, Entry>>;

type Told = { readonly results: readonly Result[]; readonly means: string; readonly carries: readonly string[] };

/** Under which heading its subject finds an event on the activity page. */
export type ActivityGroup = "logins" | "changes";

/**
 * How its subject reads it: a sentence, which may ask for `kind`, `why` and `count` of what the event carries; the title of the notice that it tells; or why
 * they do not see it.
 */
export type OwnersView =
  | { readonly sentence: MessageId | "its notice's"; readonly group: ActivityGroup }
  | { readonly hidden: string };

type Entry = Told & { readonly owner: OwnersView };

function login<E extends Told>(sentence: MessageId, entry: E) {
  return { ...entry, owner: { sentence, group: "logins" } } as const;
}

function change<E extends Told>(sentence: MessageId, entry: E) {
  return { ...entry, owner: { sentence, group: "changes" } } as const;
}

function told<E extends Told>(group: ActivityGroup, entry: E) {
  return { ...entry, owner: { sentence: "its notice's", group } } as const;
}

function unseen<E extends Told>(hidden: string, entry: E) {
  return { ...entry, owner: { hidden } } as const;
}

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
