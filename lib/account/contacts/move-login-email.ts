import { insertEmailChange, settleEmailChanges } from "@/lib/account/contacts/store";
import { config } from "@/lib/config/config";
import type { Ctx, RawCtx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { maskEmail } from "@/lib/kernel/mask";
import { endAlarmLinks } from "@/lib/links/alarm-link";
import { linkHash, newLinkToken } from "@/lib/links/link";
import { rememberAddress } from "@/lib/notices/former-address";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { type Actor, type Kept, keepOnlyActing } from "@/lib/sessions/acting-session";
import { endOtherSessions } from "@/lib/sessions/end-session";
import { deleteOtherSessions } from "@/lib/sessions/store";
import { findOwnContacts, isReserved, type MovedEmail, moveEmail } from "@/lib/users/contacts/store";
import { endWaiting } from "@/lib/waiting/end-waiting";

/** `actor`: who does it in their session, which lives on; null: it waited, and no session is kept. */
type Change = { readonly userId: string; readonly email: string; readonly actor: Actor | null };

/**
 * Makes a proven address the one to log in with, inside the transaction that decided it. The stamp rises: every other session, half login and link of the
 * account ends. The old mailbox is told alone, with the link that takes the change back, if its owner ever proved to read it; for 72 hours it is nobody
 * else's. Alarms keep their links: they only take away.
 * Throws `account.email_same`, `account.changed_meanwhile`, `account.email_taken`, and what `isTaken` recognises.
 */
export async function changeLoginEmail(tx: Ctx, { userId, email, actor }: Change): Promise<Kept> {
  const from = actor?.credentialVersion ?? null;
  const moved = await moveEmail(tx, { userId, email, confirmedAt: tx.now, from });
  if (moved === null) throw await whyNotMoved(tx, userId, email);
  if (await isReserved(tx, email, userId)) throw new DomainError("account.email_taken", { field: "destination" });
  const link = await keepWayBack(tx, { userId, email, moved });
  const kept = await keepSessions(tx, { userId, actor, moved });
  const meta = { sessions: kept.endedSessions, revertible: link !== null };
  await recordAndTell(tx, {
    event: { name: "account.email_moved", subjectId: userId, ...(actor && { sessionId: actor.sessionId }), meta },
    facts: { email: maskEmail(email), link: link ?? "" },
    ...(link === null ? { also: [{ channel: "mail", to: moved.was } as const] } : { former: moved.was }),
  });
  await rememberAddress(tx, { userId, channel: "mail", to: moved.was, confirmedAt: moved.wasConfirmedAt });
  return kept;
}

async function whyNotMoved(tx: RawCtx, userId: string, email: string): Promise<DomainError> {
  const now = await findOwnContacts(tx, userId);
  return now?.email === email
    ? new DomainError("account.email_same", { field: "destination" })
    : new DomainError("account.changed_meanwhile");
}

type Moved = { readonly userId: string; readonly email: string; readonly moved: MovedEmail };

/** Keeps the old address for its owner. Out: the link that takes the change back; null where nobody had proven to read there. */
async function keepWayBack(tx: RawCtx, { userId, email: next, moved }: Moved): Promise<string | null> {
  const { was: former, wasConfirmedAt: formerConfirmedAt } = moved;
  const token = formerConfirmedAt === null ? null : newLinkToken(tx, "revert");
  const revertHash = token === null ? null : linkHash(token, "revert");
  await insertEmailChange(tx, { userId, former, formerConfirmedAt, next, revertHash });
  return token === null ? null : `${config().appUrl}/revert/${token}`;
}

type Keeping = { readonly userId: string; readonly actor: Actor | null; readonly moved: MovedEmail };

async function keepSessions(tx: Ctx, { userId, actor, moved }: Keeping): Promise<Kept> {
  const why = "email_changed";
  if (actor !== null) return keepOnlyActing(tx, actor, moved.credentialVersion, why);
  return { sessionToken: null, endedSessions: await endOtherSessions(tx, userId, null, why) };
}

/** The address as it was, and how many live sessions ended. */
export type Entered = { readonly was: string; readonly sessions: number };

type Entry = { readonly userId: string; readonly email: string; readonly by: string };

/**
 * An operator says which address somebody logs in with: whoever reads the old mailbox is nobody to this account from now on. So nothing takes it back, no earlier
 * change can be taken back any more, and the links of alarms end too. Nobody has proven yet that the new one is read. Throws `account.email_same`, also
 * for an account that is gone, `account.email_taken`, and what `isTaken` recognises.
 */
export async function enterLoginEmail(tx: RawCtx, { userId, email, by }: Entry): Promise<Entered> {
  const moved = await moveEmail(tx, { userId, email, confirmedAt: null, from: null });
  if (moved === null) throw new DomainError("account.email_same", { field: "email" });
  if (await isReserved(tx, email, userId)) throw new DomainError("account.email_taken", { field: "email" });
  const { was, wasConfirmedAt: confirmedAt } = moved;
  await settleEmailChanges(tx, userId);
  await endWaiting(tx, userId, { why: "email_changed" });
  const sessions = await deleteOtherSessions(tx, userId, null);
  await endAlarmLinks(tx, userId);
  await recordAndTell(tx, {
    event: { name: "account.email_changed", subjectId: userId, actorId: null, meta: { by, sessions } },
    facts: { email: maskEmail(email) },
    also: [{ channel: "mail", to: was }],
  });
  await rememberAddress(tx, { userId, channel: "mail", to: was, confirmedAt });
  return { was, sessions };
}
