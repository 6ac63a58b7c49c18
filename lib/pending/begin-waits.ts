import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { hours } from "@/lib/kernel/duration";
import { showEmail } from "@/lib/kernel/email-address";
import { canLeave } from "@/lib/letters/queue-letters";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import type { DueWork } from "@/lib/pending/do-due";
import { inPages } from "@/lib/pending/in-pages";
import { kindOf } from "@/lib/pending/registry";
import { listUncounted, type Uncounted } from "@/lib/pending/standing/store";
import { channelNames } from "@/lib/policy/channels";
import { pendingRules } from "@/lib/policy/pending-rules";
import { beginWait } from "@/lib/waiting/store";

/**
 * Looks at the changes whose wait does not count yet. It counts from the moment at which the first of its letters is seen to have left, by the database's
 * clock: never too early. Where none has left and none can any more (no channel is on, or each was given up), it counts from now on, three days or as long
 * as the kind waits in any case, and the administrators are told. One that fails by a fault of ours is looked at again and holds up no other. `ctx.now`: what the database's
 * clock says.
 */
export async function beginWaits(ctx: Ctx, { mayDecide, onFault }: DueWork): Promise<void> {
  const [open, limit] = [channelNames.filter(canLeave), pendingRules.atOnce];
  for await (const change of inPages<Uncounted>(limit, (after) => listUncounted(ctx, { open, after, limit }))) {
    if (!mayDecide()) return;
    await (change.hasLeft ? count(ctx, change) : countUntold(ctx, change)).catch(onFault);
  }
}

function count(ctx: Ctx, { id, userId, kind, waitHours }: Uncounted): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    if (!(await beginWait(tx, id, { at: tx.now, hours: waitHours }))) return;
    const meta = { change: id, kind, hours: waitHours };
    await recordEvent(tx, { name: "pending.counted", subjectId: userId, actorId: null, meta });
  });
}

function countUntold(ctx: Ctx, { id, userId, kind, email, waitHours, ip, agent }: Uncounted): Promise<void> {
  const long = Math.max(waitHours, (kindOf(kind)?.waits ?? pendingRules.untold) / hours(1));
  return inTransaction(ctx, async (tx) => {
    if (!(await beginWait(tx, id, { at: tx.now, hours: long }))) return;
    const meta = { change: id, kind, hours: long };
    await recordAndTell(
      { ...tx, visitor: { ip, agent } },
      {
        event: { name: "pending.untold", subjectId: userId, actorId: null, meta },
        facts: { who: showEmail(email), change: kind, hours: long },
        about: id,
      },
    );
  });
}
