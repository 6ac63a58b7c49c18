import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { dropUnsent } from "@/lib/letters/drop-unsent";
import type { MessageId } from "@/lib/messages/catalogue";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { inPages } from "@/lib/pending/in-pages";
import { openChange } from "@/lib/pending/open-change";
import { kindOf, pendingKinds } from "@/lib/pending/registry";
import { findOwner } from "@/lib/pending/standing/store";
import { pendingRules } from "@/lib/policy/pending-rules";
import { takeTurn } from "@/lib/turns/store";
import { takeGuardRow } from "@/lib/users/store";
import { claimDue, type DueListed, type EndedRow, listDue, refuseDue } from "@/lib/waiting/store";

/** Asked before each change: may anything be decided by the hour? And what hears of one that could not be done. */
export type DueWork = { readonly mayDecide: () => boolean; readonly onFault: (fault: unknown) => void };

/**
 * Does what is due, as a scheduled job would: each change in a transaction of its own, which moves its state and does it, so that it is done once, by one portal. It is judged anew, by the
 * rules of this moment; what is not possible any more is refused, told, and never tried again. One that fails by a fault of ours stays and holds up no
 * other. `ctx.now`: what the database's clock says.
 */
export async function doDue(ctx: Ctx, { mayDecide, onFault }: DueWork): Promise<void> {
  const due = { at: ctx.now, kinds: Object.keys(pendingKinds), limit: pendingRules.atOnce }; // those of another version will be done by that
  for await (const change of inPages<DueListed>(due.limit, (after) => listDue(ctx, { ...due, after }))) {
    if (!mayDecide()) return;
    await doOne(ctx, change).catch(onFault);
  }
}

/** Does one of them, if it is due and still waits. True: it is done, by this caller alone. */
export async function doOne(ctx: Ctx, change: EndedRow): Promise<boolean> {
  try {
    return await inTransaction(ctx, (tx) => act(tx, change));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await inTransaction(ctx, (tx) => refuse(tx, change, error.id));
    return false;
  }
}

/** The account is held before its change, as by whoever changes it, and a turn before both: two may wait, never for each other. */
async function act(tx: Ctx, { id, userId, kind }: EndedRow): Promise<boolean> {
  const turn = kindOf(kind)?.turn;
  if (turn !== undefined) await takeTurn(tx, turn);
  await takeGuardRow(tx, userId);
  const due = await claimDue(tx, id, tx.now);
  if (due === null) return false;
  const change = openChange(due);
  const found = await findOwner(tx, userId);
  if (!change || !found) throw new DomainError("pending.unreadable");
  if (found.disabledAt !== null) throw new DomainError("pending.account_disabled");
  const here: Ctx = { ...tx, visitor: { ip: due.ip, agent: due.agent } }; // letters and events say from where it was asked
  const owner = { ...found, askedAt: due.askedAt, acting: null };
  const why = await change.whyNot(here, owner);
  if (why !== null) throw new DomainError(why);
  await change.effect(here, owner);
  const meta = { change: id, kind: due.kind, at_once: false };
  await recordEvent(here, { name: "pending.done", subjectId: userId, meta });
  return true;
}

async function refuse(tx: Ctx, { id, userId, kind }: EndedRow, why: MessageId): Promise<void> {
  if (!(await refuseDue(tx, id, { at: tx.now, why }))) return;
  await dropUnsent(tx, id);
  await recordAndTell(tx, {
    event: { name: "pending.refused", subjectId: userId, actorId: null, meta: { change: id, kind, why } },
    facts: { change: kind, why },
  });
}
