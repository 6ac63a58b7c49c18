import type { EventName } from "@/lib/audit/events";
import { accountContained } from "@/lib/notices/kinds/account-contained";
import { accountDeleted } from "@/lib/notices/kinds/account-deleted";
import { accountDisabled } from "@/lib/notices/kinds/account-disabled";
import { accountEnabled } from "@/lib/notices/kinds/account-enabled";
import { accountJoined } from "@/lib/notices/kinds/account-joined";
import { accountLocked } from "@/lib/notices/kinds/account-locked";
import { accountReverted } from "@/lib/notices/kinds/account-reverted";
import { accountSecured } from "@/lib/notices/kinds/account-secured";
import { changeRefused } from "@/lib/notices/kinds/change-refused";
import { changeStopped } from "@/lib/notices/kinds/change-stopped";
import { changeUntold } from "@/lib/notices/kinds/change-untold";
import { changeWaits } from "@/lib/notices/kinds/change-waits";
import { contactAdded } from "@/lib/notices/kinds/contact-added";
import { contactRemoved } from "@/lib/notices/kinds/contact-removed";
import { dataReady } from "@/lib/notices/kinds/data-ready";
import { destinationShared } from "@/lib/notices/kinds/destination-shared";
import { deviceCopied } from "@/lib/notices/kinds/device-copied";
import { deviceForgotten } from "@/lib/notices/kinds/device-forgotten";
import { deviceNew } from "@/lib/notices/kinds/device-new";
import { emailChanged } from "@/lib/notices/kinds/email-changed";
import { emailMoved } from "@/lib/notices/kinds/email-moved";
import { emailMovedAway } from "@/lib/notices/kinds/email-moved-away";
import { emailReverted } from "@/lib/notices/kinds/email-reverted";
import { factorBound } from "@/lib/notices/kinds/factor-bound";
import { factorClosed } from "@/lib/notices/kinds/factor-closed";
import { factorRemoved } from "@/lib/notices/kinds/factor-removed";
import { factorsReset } from "@/lib/notices/kinds/factors-reset";
import { passkeyCounterBehind } from "@/lib/notices/kinds/passkey-counter-behind";
import { passkeyMadeUnasked } from "@/lib/notices/kinds/passkey-made-unasked";
import { passwordChanged } from "@/lib/notices/kinds/password-changed";
import { passwordReset } from "@/lib/notices/kinds/password-reset";
import { passwordWaits } from "@/lib/notices/kinds/password-waits";
import { personLocked } from "@/lib/notices/kinds/person-locked";
import { phoneChanged } from "@/lib/notices/kinds/phone-changed";
import { recoveryAdded } from "@/lib/notices/kinds/recovery-added";
import { recoveryGenerated } from "@/lib/notices/kinds/recovery-generated";
import { recoveryUsed } from "@/lib/notices/kinds/recovery-used";
import { secondStepWrong } from "@/lib/notices/kinds/second-step-wrong";
import { usernameChanged } from "@/lib/notices/kinds/username-changed";
import type { Notice, Reach } from "@/lib/notices/notice";

type ToAccount = Extract<Reach, { readonly to: "account" }>;

/** A notice that its event writes by itself, always. */
export type ToldNotice = Notice<Exclude<Reach, ToAccount>>;

/**
 * `tells`: each such event has exactly these notices, each for whom it says itself that it reaches; `first`: instead of them, for somebody who joins.
 * What happens in one moment is one notice: the codes that are made with a first factor stand in that factor's. `gathers`: some of them
 * are told at the account's own address, under the condition that its own file states; what comes again is gathered into a digest. `nothing`: nobody needs a
 * notice of it.
 */
type Consequence =
  | { readonly tells: readonly ToldNotice[]; readonly first?: readonly ToldNotice[] }
  | { readonly gathers: Notice<ToAccount> }
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
  "account.email_changed": { tells: [emailChanged] },
  "account.email_moved": { tells: [emailMoved, emailMovedAway] },
  "account.email_reverted": { tells: [emailReverted, accountReverted] },
  "account.email_confirmed": harmless,
  "account.phone_changed": { tells: [phoneChanged] },
  "account.phone_confirmed": harmless,
  "account.username_changed": { tells: [usernameChanged] },
  "account.profile_changed": { nothing: "it changes what somebody is called, and opens nothing" },
  "contact.added": { tells: [contactAdded] },
  "contact.removed": { tells: [contactRemoved] },
  "contact.refused": harmless,
  "account.factors_reset": { tells: [factorsReset] },
  "account.disabled": { tells: [accountDisabled] },
  "account.enabled": { tells: [accountEnabled] },
  "account.contained": { tells: [accountSecured, accountContained] },
  "account.deleted": { tells: [accountDeleted] },
  "pending.asked": { tells: [changeWaits] },
  "pending.counted": { nothing: "the letter that has left told it" },
  "pending.untold": { tells: [changeUntold] },
  "pending.done": { nothing: "what was done tells itself" },
  "pending.vetoed": { tells: [changeStopped] },
  "pending.refused": { tells: [changeRefused] },
  "data.ready": { tells: [dataReady] },
  "data.downloaded": { nothing: "that it may be was told the moment before" },
  "account.locked": { tells: [accountLocked, personLocked] },
  "invitation.created": halfWay,
  "invitation.accepted": { tells: [passwordChanged], first: [accountJoined] },
  "registration.asked": { nothing: "the letter to the address tells it" },
  "registration.completed": { nothing: "the person sits before it, and nobody else is there to be told" },
  "link.refused": harmless,
  "authz.refused": { nothing: "nothing was opened to whoever asked" },
  "origin.refused": { nothing: "nothing was opened to whoever asked" },
  "login.password_accepted": halfWay,
  "login.passkey_accepted": toldOtherwise,
  "login.passkey_refused": halfWay,
  "login.password_refused": { gathers: passwordWaits },
  "login.throttled": toldOtherwise,
  "challenge.answered": halfWay,
  "challenge.refused": { gathers: secondStepWrong },
  "challenge.died": toldOtherwise,
  "challenge.half_answered": halfWay,
  "challenge.skipped": { nothing: "its owner asked for it; whoever only has a copy is told apart" },
  "challenge.cancelled": harmless,
  "challenge.started": halfWay,
  "session.opened": { gathers: deviceNew },
  "session.token_replaced": harmless,
  "session.ended": harmless,
  "sessions.ended": toldOtherwise,
  "proof.refreshed": halfWay,
  "factor.begun": halfWay,
  "factor.bound": { tells: [factorBound, destinationShared] },
  "factor.confirm_refused": harmless,
  "factor.enrolment_cancelled": harmless,
  "factor.renamed": harmless,
  "factor.removed": { tells: [factorRemoved] },
  "factor.closed": { tells: [factorClosed] },
  "recovery.generated": { tells: [recoveryGenerated] },
  "recovery.used": { tells: [recoveryUsed] },
  "recovery.added": { tells: [recoveryAdded] },
  "recovery.voided": toldOtherwise,
  "password.changed": { tells: [passwordChanged] },
  "password.reset": { tells: [passwordReset] },
  "password.change_refused": harmless,
  "reset.letter_sent": { nothing: "the letter itself tells it" },
  "reset.begun": halfWay,
  "unlock.letter_sent": { nothing: "the letter itself tells it" },
  "unlock.opened": halfWay,
  "unlock.refused": harmless,
  "device.trusted": toldOtherwise,
  "devices.forgotten": harmless,
  "device.trust_given": { nothing: "whoever asked had passed both doors; a new browser is told by its login" },
  "device.trust_withdrawn": harmless,
  "device.copied": { tells: [deviceCopied] },
  "passkey.made_unasked": { tells: [passkeyMadeUnasked] },
  "passkey.counter_behind": { tells: [passkeyCounterBehind] },
  "device.renamed": harmless,
  "device.forgotten": { tells: [deviceForgotten] },
  "code.posted": { nothing: "the letter with the code tells it" },
  "code.post_refused": { nothing: "no code was sent" },
  "send.budget_spent": { nothing: "it belongs to nobody's account; administrators hear of it, once a day" },
  "channel.proven": notYours,
  "channel.test_failed": notYours,
  "letter.parked": { nothing: "it is about a letter; an operator hears of it" },
  "letter.retried": { nothing: "it is about a letter; an operator did it" },
  "app.registered": notYours,
  "app.changed": notYours,
  "app.removed": notYours,
  "addresses.rewritten": { nothing: "every spelling of an address leads to its account as before" },
  "handles.rewritten": { nothing: "what is bound stays as it is, and is found as before" },
  "keys.rotation_begun": notYours,
  "keys.rotated": notYours,
  "backup.made": notYours,
  "backup.failed": { nothing: "it belongs to nobody's account; administrators hear of it" },
  "events.cut": { nothing: "it belongs to nobody's account; administrators hear of it, once" },
  "events.forged": { nothing: "it belongs to nobody's account; administrators hear of it, once a day" },
  "events.unsealed": { nothing: "nobody has touched the record yet; monitoring and the doctor tell it" },
  "events.renumbered": notYours,
  "mail.switched": notYours,
  "passkeys.vouched": notYours,
  "portal.restored": { nothing: "it is about nobody's account alone; a letter goes to everybody" },
} as const satisfies Record<EventName, Consequence>;

type Table = typeof noticeOf;

/** The events that somebody is told of, each time. */
export type TellingEvent = {
  [N in EventName]: Table[N] extends { readonly tells: readonly unknown[] } ? N : never;
}[EventName];

/** An event by its stored name: is it one of them? */
export const isTelling = (name: string): name is TellingEvent => {
  const found = Object.entries<Consequence>(noticeOf).find(([one]) => one === name);
  return found !== undefined && "tells" in found[1];
};

/** The notices of such an event. */
export type NoticesOf<N extends TellingEvent> = Table[N]["tells"][number];

/** What looks like somebody else, and may come in floods. */
export type GatheredNotice = Extract<Table[EventName], { readonly gathers: unknown }>["gathers"];

/** Each sort of them is counted by itself for each account. */
export const gatheredSorts: readonly string[] = Object.values<Consequence>(noticeOf).flatMap((consequence) =>
  "gathers" in consequence ? [consequence.gathers.kind] : [],
);

/** The notices that an event writes; `isFirst`: for somebody who joins by it. */
export function noticesOf(name: TellingEvent, isFirst: boolean): readonly ToldNotice[] {
  const consequence: { readonly tells: readonly ToldNotice[]; readonly first?: readonly ToldNotice[] } = noticeOf[name];
  return isFirst && consequence.first ? consequence.first : consequence.tells;
}
