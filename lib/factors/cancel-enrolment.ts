import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { binderOf } from "@/lib/factors/binder-of";
import { deletePending } from "@/lib/factors/store";
import type { BoundKind } from "@/lib/policy/traits";
import type { Actor } from "@/lib/sessions/acting-session";

/** Drops the pending factor of a kind, if there is one; `pendingId`: only that one, so that a stale tab ends nothing newer. What is active stays. */
export async function cancelEnrolment(
  ctx: Ctx,
  {
    actor,
    kind,
    pendingId = null,
  }: { readonly actor: Actor; readonly kind: BoundKind; readonly pendingId?: string | null },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const only = pendingId === null ? {} : { id: pendingId };
    if ((await deletePending(tx, { ...binderOf(actor), ...only }, kind)) === 0) return;
    await recordEvent(tx, {
      name: "factor.enrolment_cancelled",
      subjectId: actor.userId,
      sessionId: actor.sessionId,
      meta: { kind },
    });
  });
}
