import { recordEvent } from "@/lib/audit/record-event";
import { inShortTransaction, type RawCtx } from "@/lib/context/context";
import { reviveLetters } from "@/lib/letters/waiting/store";
import { wakeOutboxWorker } from "@/lib/letters/wake";

/**
 * Has letters sent after all that were given up after their last try: one, or every one (`id` null). Only those that kept their content
 * can be; codes never do. Out: how many wait again.
 */
export async function retryLetters(
  ctx: RawCtx,
  { id, by }: { readonly id: string | null; readonly by: string },
): Promise<number> {
  const revived = await inShortTransaction(ctx, async (tx) => {
    const rows = await reviveLetters(tx, id);
    for (const { userId: subjectId, kind, channel } of rows)
      await recordEvent(tx, {
        name: "letter.retried",
        actorId: null,
        subjectId,
        meta: { kind, channel, by },
      });
    return rows;
  });
  wakeOutboxWorker();
  return revived.length;
}
