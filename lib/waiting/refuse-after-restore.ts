import type { RawCtx } from "@/lib/context/context";
import { dropUnsent } from "@/lib/letters/drop-unsent";
import type { MessageId } from "@/lib/messages/catalogue";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { refuseAllWaiting } from "@/lib/waiting/restore/store";

const why: MessageId = "pending.restored";

/** Ends everything that waits, in the transaction of a restore: refused, with its event, and told at every address. SQL only. Out: how many. */
export async function refuseAfterRestore(tx: RawCtx): Promise<number> {
  const refused = await refuseAllWaiting(tx, why);
  for (const { id, userId, kind } of refused) {
    await dropUnsent(tx, id);
    await recordAndTell(tx, {
      event: { name: "pending.refused", subjectId: userId, actorId: null, meta: { change: id, kind, why } },
      facts: { change: kind, why },
    });
  }
  return refused.length;
}
