import { findWayBack } from "@/lib/account/way-back";
import { recordRefused } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { showEmail } from "@/lib/kernel/email-address";
import { DomainError } from "@/lib/kernel/errors";
import { alarmHash, alarmPurposes } from "@/lib/links/alarm-link";
import { issueInvitation } from "@/lib/links/issue-invitation";
import { findAnyLink, spendLink } from "@/lib/links/store";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { endOtherSessions } from "@/lib/sessions/end-session";
import { consumeAddress } from "@/lib/throttle/consume-address";
import { takePasswordAway } from "@/lib/users/password/store";
import { endWaiting } from "@/lib/waiting/end-waiting";

/** `link`: where the person chooses a new password, once and within a day; null when an administrator hands that link over. */
export type Contained = { readonly link: string | null };

/**
 * "This was not me", an account compromise: whoever holds an alarm's link ends what somebody else may be doing. One transaction: the link is spent, the password
 * works no more, what waits is stopped, the security stamp rises (sessions, half-finished logins, known devices and links are void), the event, and letters to
 * the person at all addresses and to the administrators. It only takes away, but for one thing: see `findWayBack`.
 * Throws `alarm.over`, `alarm.moved`, `throttle.too_many`; then nothing changed.
 */
export async function containAccount(ctx: Ctx, { token }: { readonly token: string }): Promise<Contained> {
  await consumeAddress(ctx, "links");
  const hash = alarmHash(token);
  try {
    if (hash === null) throw new DomainError("alarm.over");
    return await inTransaction(ctx, (tx) => contain(tx, hash));
  } catch (error) {
    if (error instanceof DomainError) await recordRefusal(ctx, hash);
    throw error;
  }
}

async function contain(tx: Ctx, hash: string): Promise<Contained> {
  const alarm = await spendLink(tx, hash, alarmPurposes);
  if (!alarm || alarm.userId === null) throw new DomainError("alarm.over");
  const { userId, challengeId, createdAt } = alarm;
  const account = await takePasswordAway(tx, userId, createdAt);
  if (!account) throw new DomainError("alarm.moved");
  await endWaiting(tx, userId, { why: "not_me" });
  await endOtherSessions(tx, userId, null, "account_contained");
  const { credentialVersion } = account;
  const way = await findWayBack(tx, { userId, isUnmoved: credentialVersion - 1 === alarm.credentialVersion });
  const link = way === "administrators" ? null : await issueInvitation(tx, { userId, credentialVersion, by: "alarm" });
  const meta = { link: link !== null, ...(challengeId === null ? {} : { challenge: challengeId }) };
  await recordAndTell(tx, {
    event: { name: "account.contained", subjectId: userId, actorId: null, meta },
    facts: { who: showEmail(account.email), link: "" }, // administrators have no page about other people yet
  });
  return { link };
}

/** A link that is pressed twice may be in other hands. `over`: it was once good. The event never holds the token; a try of the visitor's address was consumed. */
async function recordRefusal(ctx: Ctx, hash: string | null): Promise<void> {
  const known = hash === null ? null : await findAnyLink(ctx, hash, alarmPurposes);
  const subjectId = known?.userId ?? null;
  const meta = { purpose: "alarm", reason: subjectId === null ? "unknown" : "over" };
  await recordRefused(ctx, { name: "link.refused", subjectId, actorId: null, meta });
}
