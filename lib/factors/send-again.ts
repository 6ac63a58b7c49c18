import { type Ctx, inTransaction } from "@/lib/context/context";
import { openSecretOrTell } from "@/lib/crypto/factor-secret";
import type { Binder } from "@/lib/factors/begin-enrolment";
import { findWaiting } from "@/lib/factors/find-waiting";
import { consumingSend, sendCode } from "@/lib/factors/send-code";
import { DomainError } from "@/lib/kernel/errors";
import type { BoundKind } from "@/lib/policy/traits";

/**
 * Another code for the enrolment that waits, to the address that was given when it began; the tries that are left stay as they are.
 * Throws `factors.enrolment_gone`, `factors.replaced_elsewhere`, `post.*`.
 */
export async function sendAgain(
  ctx: Ctx,
  {
    binder,
    kind,
    pendingId = null,
  }: { readonly binder: Binder; readonly kind: BoundKind; readonly pendingId?: string | null },
): Promise<void> {
  const pending = await findWaiting(ctx, binder, { kind, pendingId });
  const address = openSecretOrTell(pending);
  if (address === null) throw new DomainError("factors.enrolment_gone");
  await consumingSend(ctx, { kind, owner: binder, address, bound: null }, () =>
    inTransaction(ctx, (tx) => sendCode(tx, { kind, factor: pending, scene: { purpose: "BIND" } })),
  );
}
