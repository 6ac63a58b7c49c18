import { claimRevert, findEmailChange, type Reverted } from "@/lib/account/contacts/store";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { showEmail } from "@/lib/kernel/email-address";
import { DomainError } from "@/lib/kernel/errors";
import { maskEmail } from "@/lib/kernel/mask";
import { linkHash } from "@/lib/links/link";
import { recordRefusedLink } from "@/lib/links/record-refused-link";
import { endPasswordLinks } from "@/lib/links/store";
import { rememberAddress } from "@/lib/notices/former-address";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { endOtherSessions } from "@/lib/sessions/end-session";
import { consumingLink } from "@/lib/throttle/consume-address";
import { findOwnContacts, type MovedEmail, moveEmail } from "@/lib/users/contacts/store";
import { dropPassword } from "@/lib/users/password/store";
import { isTaken } from "@/lib/users/store";
import { endWaiting } from "@/lib/waiting/end-waiting";

/** What the page behind the link in the old mailbox shows. `used`: its button was pressed, or an earlier one's. `over`: too late, settled by the operator, or no link at all. */
export type RevertView =
  | {
      readonly state: "open" /** The old address, masked: a mail may be forwarded. */;
      readonly who: string;
      readonly at: Date;
    }
  | { readonly state: "used" | "over" };

/** What is behind a link. A GET asks this, however often: nothing is spent and nothing written. */
export async function readRevert(ctx: Ctx, token: unknown): Promise<RevertView> {
  const hash = linkHash(token, "revert");
  const change = hash === null ? null : await findEmailChange(ctx, hash);
  if (!change) return { state: "over" };
  const { former, changedAt: at, isOpen, isReverted } = change;
  if (isOpen) return { state: "open", who: maskEmail(former), at };
  return { state: isReverted ? "used" : "over" };
}

/**
 * After an account compromise: whoever reads the old mailbox takes the change of the login e-mail back, signed in or not. One transaction: the old address counts again, later changes
 * and their links end with it, the password opens nothing any more, every session, half login, known device and link is void. It gives nobody a way in: a reset
 * goes to both addresses then, and asks for a factor from before the change (`findResetReach`).
 * Throws `contacts.revert_over`, `throttle.too_many`; then nothing changed.
 */
export async function revertEmail(ctx: Ctx, { token }: { readonly token: string }): Promise<void> {
  const hash = linkHash(token, "revert");
  try {
    await consumingLink(ctx, () => revertOnce(ctx, hash));
  } catch (error) {
    if (error instanceof DomainError && error.id !== "throttle.too_many") await recordRefusal(ctx, hash);
    throw error;
  }
}

/** That somebody else has the old address by now is an answer, and no fault that refunds anything. */
async function revertOnce(ctx: Ctx, hash: string | null): Promise<void> {
  try {
    if (hash === null) throw new DomainError("contacts.revert_over");
    await inTransaction(ctx, (tx) => revert(tx, hash));
  } catch (error) {
    throw isTaken(error) ? new DomainError("contacts.revert_over") : error;
  }
}

async function revert(tx: Ctx, hash: string): Promise<void> {
  const change = await claimRevert(tx, hash);
  if (change === null) throw new DomainError("contacts.revert_over");
  const removed = await putBack(tx, change);
  const { userId, former, changedAt } = change;
  await dropPassword(tx, userId, changedAt); // whichever it is by now: whoever changed the address may have changed it too
  await endWaiting(tx, userId, { why: "not_me" });
  await endOtherSessions(tx, userId, null, "email_reverted");
  await endPasswordLinks(tx, userId);
  await recordAndTell(tx, {
    event: { name: "account.email_reverted", subjectId: userId, actorId: null },
    facts: { email: maskEmail(former), who: showEmail(former) },
    also: removed === null ? [] : [{ channel: "mail", to: removed.was }],
  });
  if (removed === null) return;
  await rememberAddress(tx, { userId, channel: "mail", to: removed.was, confirmedAt: removed.wasConfirmedAt });
}

/** The address counts again. Out: the one that it takes the place of; null where its owner had put it back themselves. */
async function putBack(tx: Ctx, { userId, former, formerConfirmedAt }: Reverted): Promise<MovedEmail | null> {
  const moved = await moveEmail(tx, { userId, email: former, confirmedAt: formerConfirmedAt, from: null });
  if (moved !== null) return moved;
  if ((await findOwnContacts(tx, userId))?.email !== former) throw new DomainError("contacts.revert_over");
  return null;
}

async function recordRefusal(ctx: Ctx, hash: string | null): Promise<void> {
  await recordRefusedLink(ctx, "revert", hash === null ? null : await findEmailChange(ctx, hash));
}
