import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { type Actor, binderOf } from "@/lib/factors/actor";
import type { BoundKind } from "@/lib/factors/factor";
import { deletePending } from "@/lib/factors/store";

/** Drops the pending factor of a kind, if there is one. What is active stays. */
export async function cancelEnrolment(
  ctx: Ctx,
  { actor, kind }: { readonly actor: Actor; readonly kind: BoundKind },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    if ((await deletePending(tx, binderOf(actor), kind)) === 0) return;
    await recordEvent(tx, {
      name: "factor.enrolment_cancelled",
      result: "ok",
      subjectId: actor.userId,
      sessionId: actor.sessionId,
      meta: { kind },
    });
  });
}
