import type { RawCtx } from "@/lib/context/context";
import { dropUnsent } from "@/lib/letters/drop-unsent";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import type { VetoReason } from "@/lib/waiting/change";
import { type EndedRow, vetoWaiting, type WhichWaiting } from "@/lib/waiting/store";

/**
 * Ends what waits for an account as VETOED, in the transaction of what ends it: before any session or device goes, so that it takes rows in the order of a
 * change that is due (account, change, sessions). Each of them is told at every address. `which`: only those that one session asked for, or all but
 * those. Out: how many.
 */
export async function endWaiting(
  tx: RawCtx,
  userId: string,
  { why, ...which }: WhichWaiting & { readonly why: VetoReason },
): Promise<number> {
  const ended = await vetoWaiting(tx, userId, { why, ...which });
  for (const change of ended) await tellStopped(tx, { change, why });
  return ended.length;
}

/** The event and the letters of a change that was stopped, in the place of those to administrators that said it would be done; of an operator's veto nobody here is the actor. */
export async function tellStopped(
  tx: RawCtx,
  { change, why }: { readonly change: EndedRow; readonly why: VetoReason },
): Promise<void> {
  const { id, userId: subjectId, kind } = change;
  const who = why === "by_operator" ? { actorId: null } : {};
  await dropUnsent(tx, id);
  await recordAndTell(tx, {
    event: { name: "pending.vetoed", subjectId, ...who, meta: { change: id, kind, why } },
    facts: { change: kind },
  });
}
