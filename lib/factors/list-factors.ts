import type { Ctx } from "@/lib/context/context";
import { openSecret } from "@/lib/crypto/factor-secret";
import { type BoundKind, type Factor, isBoundKind } from "@/lib/factors/factor";
import { strategies } from "@/lib/factors/registry";
import { isFactorId } from "@/lib/factors/schema";
import { findActive, findPending, listActive, type PendingOwner } from "@/lib/factors/store";
import type { Enroller } from "@/lib/factors/strategy";
import type { FactorView, PendingView } from "@/lib/factors/view";
import { isQuarantined } from "@/lib/throttle/spend-factor-try";

/** What protects an account, oldest first. */
export async function listFactors(ctx: Ctx, userId: string): Promise<FactorView[]> {
  const factors = await listActive(ctx, userId);
  const closed = new Map<string, boolean>();
  for (const kind of new Set(factors.map((factor) => factor.kind).filter(isBoundKind))) {
    const { bucket } = strategies[kind];
    closed.set(kind, bucket !== null && (await isQuarantined(ctx, bucket, userId)));
  }
  return factors.map((factor) => viewOf(factor, closed.get(factor.kind) ?? false));
}

/** One factor of this person, or null: somebody else's reads like one that never was. */
export async function findFactorView(ctx: Ctx, userId: string, factorId: string): Promise<FactorView | null> {
  const factor = isFactorId(factorId) ? await findActive(ctx, userId, factorId) : null;
  return factor ? viewOf(factor, false) : null;
}

function viewOf(factor: Factor, quarantined: boolean): FactorView {
  const { id, kind, label, lastUsedAt, createdAt, confirmedAt } = factor;
  const place = isBoundKind(kind) ? strategies[kind].describe(factor) : null;
  return { id, kind, label, place, lastUsedAt, addedAt: confirmedAt ?? createdAt, quarantined };
}

/** What to show of the enrolment that waits, or null. Reading it writes nothing. */
export async function findPendingView(
  ctx: Ctx,
  owner: Enroller & PendingOwner,
  kind: BoundKind,
): Promise<PendingView | null> {
  const pending = await findPending(ctx, owner, kind);
  const secret = pending ? openSecret(pending) : null;
  const { enrolment } = strategies[kind];
  if (!pending || secret === null || !pending.expiresAt || !enrolment) return null;
  return {
    shown: enrolment.show(secret, owner),
    label: pending.label,
    replaces: pending.replacesId,
    expiresAt: pending.expiresAt,
  };
}
