import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import type { Actor } from "@/lib/factors/actor";
import type { BoundKind } from "@/lib/factors/factor";
import { strategies } from "@/lib/factors/registry";
import { deletePending, findActive, insertPending, listActiveOfKind } from "@/lib/factors/store";
import { ensure } from "@/lib/kernel/assert";
import { DomainError } from "@/lib/kernel/errors";
import { spendTry } from "@/lib/throttle/spend-try";
import { takeGuardRow } from "@/lib/users/store";

type Beginning = { readonly actor: Actor; readonly kind: BoundKind; readonly replacesId: string | null };

/**
 * Makes a PENDING factor that lives ten minutes; what protects the account now stays untouched, and an earlier pending one is dropped.
 * `replacesId`: the active factor of the same kind that goes at the moment the new one is confirmed.
 * Throws `factors.too_many`, `factors.gone`, `throttle.too_many`.
 */
export async function beginEnrolment(
  ctx: Ctx,
  { actor, kind, replacesId }: Beginning,
): Promise<{ readonly factorId: string }> {
  const { enrolment } = strategies[kind];
  ensure(enrolment, `the kind ${kind} can be bound`);
  const replaced = replacesId === null ? null : await findActive(ctx, actor.userId, replacesId);
  if (replacesId !== null && replaced?.kind !== kind) throw new DomainError("factors.gone");
  const active = await listActiveOfKind(ctx, actor.userId, kind);
  if (replaced === null && active.length >= enrolment.perPerson)
    throw new DomainError("factors.too_many", { params: { count: active.length } });
  await spendTry(ctx, "enrolment.begin", actor.userId);
  const { secret } = enrolment.begin(ctx, actor);
  const factorId = ctx.random.id();
  await inTransaction(ctx, async (tx) => {
    await takeGuardRow(tx, actor.userId);
    await deletePending(tx, actor, kind);
    await insertPending(tx, {
      sessionId: actor.sessionId,
      id: factorId,
      userId: actor.userId,
      kind,
      label: replaced?.label ?? "",
      secret,
      replacesId,
    });
    await recordEvent(tx, {
      name: "factor.begun",
      result: "ok",
      subjectId: actor.userId,
      sessionId: actor.sessionId,
      meta: { kind, factor: factorId },
    });
  });
  return { factorId };
}
