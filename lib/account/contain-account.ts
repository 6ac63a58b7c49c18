import { findWayBack, type WayBack } from "@/lib/account/way-back";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { hasBoundAlone } from "@/lib/factors/alone/store";
import { showEmail } from "@/lib/kernel/email-address";
import { DomainError } from "@/lib/kernel/errors";
import { alarmHash, alarmPurposes } from "@/lib/links/alarm-link";
import { recordRefusedLink } from "@/lib/links/record-refused-link";
import { endPasswordLinks, findAnyLink, spendLink } from "@/lib/links/store";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { writeResetLetter } from "@/lib/resets/send-reset-letter";
import { endOtherSessions } from "@/lib/sessions/end-session";
import { consumingLink } from "@/lib/throttle/consume-address";
import { dropPassword, takePasswordAway } from "@/lib/users/password/store";
import { findAccount, takeGuardRow } from "@/lib/users/store";
import type { Account } from "@/lib/users/user";
import { endWaiting } from "@/lib/waiting/end-waiting";

/** Where the way back leads: to the letter that was just sent, or to an administrator who hands a link over. */
export type Contained = { readonly wayBack: WayBack };

/**
 * "This was not me", an account compromise: whoever holds an alarm's link ends what somebody else may be doing. One transaction: the link is spent, the password
 * works no more, what waits is stopped, the security stamp rises (sessions, half-finished logins, known devices and links are void), the event, and letters to
 * the person at all addresses and to the administrators. It only takes away; the way back is the ordinary reset, by a fresh letter to the login e-mail (`findWayBack`).
 * Throws `alarm.over`, `alarm.moved`, `throttle.too_many`; then nothing changed.
 */
export async function containAccount(ctx: Ctx, { token }: { readonly token: string }): Promise<Contained> {
  const hash = alarmHash(token);
  try {
    return await consumingLink(ctx, async () => {
      if (hash === null) throw new DomainError("alarm.over");
      return inTransaction(ctx, (tx) => contain(tx, hash));
    });
  } catch (error) {
    if (error instanceof DomainError && error.id !== "throttle.too_many") await recordRefusal(ctx, hash);
    throw error;
  }
}

async function contain(tx: Ctx, hash: string): Promise<Contained> {
  const alarm = await spendLink(tx, hash, alarmPurposes);
  if (!alarm || alarm.userId === null) throw new DomainError("alarm.over");
  const { userId, challengeId, createdAt } = alarm;
  const account = (await takePasswordAway(tx, userId, createdAt)) ?? (await dropMoved(tx, userId, createdAt));
  if (!account) throw new DomainError("alarm.moved");
  await endWaiting(tx, userId, { why: "not_me" });
  await endOtherSessions(tx, userId, null, "account_contained");
  await endPasswordLinks(tx, userId);
  const wayBack = await findWayBack(tx, { userId, at: createdAt });
  if (wayBack !== "administrators") await writeFreshLetter(tx, userId);
  const meta = { link: wayBack !== "administrators", ...(challengeId === null ? {} : { challenge: challengeId }) };
  await recordAndTell(tx, {
    event: { name: "account.contained", subjectId: userId, actorId: null, meta },
    facts: { who: showEmail(account.email), link: "" }, // administrators have no page about other people yet
  });
  return { wayBack };
}

/**
 * The password was chosen anew since, by a thief perhaps, who has bound what opens the account without it: then whatever it is by now goes too. Null: nothing
 * like that was bound, or the account is closed as it is.
 */
async function dropMoved(tx: Ctx, userId: string, since: Date): Promise<Account | null> {
  await takeGuardRow(tx, userId);
  const account = await findAccount(tx, userId);
  if (account === null || account.passwordHash === null || !(await hasBoundAlone(tx, userId, since))) return null;
  return (await dropPassword(tx, userId, since)) ? account : null;
}

/** Asked for by whoever pressed the button, so it consumes none of the letters that others may ask for. */
async function writeFreshLetter(tx: Ctx, userId: string): Promise<void> {
  const account = await findAccount(tx, userId);
  if (account) await writeResetLetter(tx, { account, way: "answer", app: null, asked: noticeFacts(tx) });
}

async function recordRefusal(ctx: Ctx, hash: string | null): Promise<void> {
  await recordRefusedLink(ctx, "alarm", hash === null ? null : await findAnyLink(ctx, hash, alarmPurposes));
}
