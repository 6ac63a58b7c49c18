import type { EventName } from "@/lib/audit/events";
import type { NoticeKind } from "@/lib/letters/facts";

/** What a person hears about a change of what protects their account. */
export const changeKinds = [
  "factor.bound",
  "factor.removed",
  "factors.reset",
  "password.changed",
  "account.joined",
  "recovery.generated",
  "recovery.used",
  "recovery.added",
  "account.secured",
  "factor.closed",
  "device.forgotten",
  "email.changed",
  "phone.changed",
] as const satisfies readonly NoticeKind[];

export type ChangeKind = (typeof changeKinds)[number];

/** What looks like somebody else, and may come in floods. */
export const alarmKinds = [
  "device.new",
  "second_step.wrong",
  "password.waits",
] as const satisfies readonly NoticeKind[];

export type AlarmKind = (typeof alarmKinds)[number];

/**
 * Where a change is told (NIST SP 800-63B-4, 4.6; ASVS 5.0, 6.3.7): to every confirmed e-mail address, and by text message too where it
 * is serious. Where guessing was stopped, everything protects as before: nobody is woken by a text message for that.
 */
export const reachOf = {
  "factor.bound": ["mail", "sms"],
  "factor.removed": ["mail", "sms"],
  "factors.reset": ["mail", "sms"],
  "password.changed": ["mail", "sms"],
  "account.joined": ["mail", "sms"],
  "recovery.generated": ["mail", "sms"],
  "recovery.used": ["mail", "sms"],
  "recovery.added": ["mail", "sms"],
  "account.secured": ["mail", "sms"],
  "factor.closed": ["mail"],
  "device.forgotten": ["mail"],
  "email.changed": ["mail", "sms"],
  "phone.changed": ["mail"],
} as const satisfies Record<ChangeKind, readonly ("mail" | "sms")[]>;

/**
 * `tells`: each such event has exactly one notice for every confirmed address; `first`: its words for somebody who joins. What happens in one moment
 * is one letter: the codes that are made with a first factor stand in that factor's. `alarms`: some of them raise an alarm, under the condition
 * that its own file states. `nothing`: nobody needs a letter for it.
 */
type Consequence =
  | { readonly tells: ChangeKind; readonly first?: ChangeKind }
  | { readonly alarms: AlarmKind }
  | { readonly nothing: string };

const notYours = { nothing: "it belongs to nobody's account" } as const;
const halfWay = { nothing: "nothing has changed yet" } as const;
const harmless = { nothing: "it takes no protection away" } as const;
const toldOtherwise = { nothing: "another event of the same moment tells it" } as const;

/** Every event and what follows: one that is forgotten does not compile. */
export const noticeOf = {
  "setup.link_created": notYours,
  "setup.completed": { nothing: "the person sits before it, and nobody else is there to be told" },
  "account.created": halfWay,
  "account.unlocked": harmless,
  "account.policy_changed": { nothing: "the operator asks for more or less; what is bound stays as it is" },
  "account.email_changed": { tells: "email.changed" },
  "account.phone_changed": { tells: "phone.changed" },
  "account.factors_reset": { tells: "factors.reset" },
  "account.contained": { tells: "account.secured" },
  "invitation.created": halfWay,
  "invitation.accepted": { tells: "password.changed", first: "account.joined" },
  "link.refused": harmless,
  "authz.refused": { nothing: "nothing was opened to whoever asked" },
  "origin.refused": { nothing: "nothing was opened to whoever asked" },
  "login.password_accepted": halfWay,
  "login.password_refused": { alarms: "password.waits" },
  "login.throttled": toldOtherwise,
  "challenge.answered": halfWay,
  "challenge.refused": { alarms: "second_step.wrong" },
  "challenge.died": toldOtherwise,
  "challenge.half_answered": halfWay,
  "challenge.cancelled": harmless,
  "challenge.started": halfWay,
  "session.opened": { alarms: "device.new" },
  "session.token_replaced": harmless,
  "session.ended": harmless,
  "sessions.ended": toldOtherwise,
  "proof.refreshed": halfWay,
  "factor.begun": halfWay,
  "factor.bound": { tells: "factor.bound" },
  "factor.confirm_refused": harmless,
  "factor.enrolment_cancelled": harmless,
  "factor.renamed": harmless,
  "factor.removed": { tells: "factor.removed" },
  "factor.closed": { tells: "factor.closed" },
  "recovery.generated": { tells: "recovery.generated" },
  "recovery.used": { tells: "recovery.used" },
  "recovery.added": { tells: "recovery.added" },
  "recovery.voided": toldOtherwise,
  "password.changed": { tells: "password.changed" },
  "password.change_refused": harmless,
  "device.trusted": toldOtherwise,
  "device.forgotten": { tells: "device.forgotten" },
  "code.posted": { nothing: "the letter with the code tells it" },
  "code.post_refused": { nothing: "no code was posted" },
  "send.budget_spent": { nothing: "it belongs to nobody's account; administrators hear of it, once a day" },
  "channel.proven": notYours,
  "channel.test_failed": notYours,
  "letter.parked": { nothing: "it is about a letter; an operator hears of it" },
  "letter.retried": { nothing: "it is about a letter; an operator did it" },
  "app.registered": notYours,
  "app.changed": notYours,
  "app.removed": notYours,
  "addresses.rewritten": { nothing: "every spelling of an address leads to its account as before" },
  "keys.rotation_begun": notYours,
  "keys.rotated": notYours,
} as const satisfies Record<EventName, Consequence>;
