import type { Ctx } from "@/lib/context/context";
import type { Factor } from "@/lib/factors/factor";
import { findPending, type PendingOwner } from "@/lib/factors/store";
import { DomainError } from "@/lib/kernel/errors";
import type { BoundKind } from "@/lib/policy/traits";

/**
 * The enrolment of a kind that waits. `pendingId`: the one that a form was shown for; null where nobody said which. A newer one, begun in
 * another tab, never takes its place in silence: what was read off the old picture would be wrong for ever. Costs nothing.
 * Throws `factors.enrolment_gone`, `factors.replaced_elsewhere`.
 */
export async function findWaiting(
  ctx: Ctx,
  owner: PendingOwner,
  { kind, pendingId }: { readonly kind: BoundKind; readonly pendingId: string | null },
): Promise<Factor> {
  const pending = await findPending(ctx, owner, kind);
  if (!pending) throw new DomainError("factors.enrolment_gone");
  if (pendingId !== null && pending.id !== pendingId) throw new DomainError("factors.replaced_elsewhere");
  return pending;
}
