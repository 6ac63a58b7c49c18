import type { Ctx } from "@/lib/context/context";
import { openSecret } from "@/lib/crypto/factor-secret";
import type { Factor } from "@/lib/factors/factor";
import { type Asker, findHeldKinds } from "@/lib/factors/held-kinds";
import { strategies } from "@/lib/factors/registry";
import { isFactorId } from "@/lib/factors/schema";
import { findActive, findPending, findTriesLeft, listActive, type PendingOwner } from "@/lib/factors/store";
import type { Enroller } from "@/lib/factors/strategy";
import type { FactorView, PendingView } from "@/lib/factors/view";
import { isBoundKind } from "@/lib/policy/kinds";
import type { BoundKind } from "@/lib/policy/traits";
import type { Closed } from "@/lib/throttle/closed-for";
import { isAnswerable, isAskable, isOfToday } from "@/lib/users/askable-kind";

/** One factor of this person, or null: somebody else's reads like one that never was. */
export async function findFactorView(ctx: Ctx, asker: Asker, factorId: string): Promise<FactorView | null> {
  const factor = isFactorId(factorId) ? await findActive(ctx, asker.userId, factorId) : null;
  if (!factor) return null;
  const held = await findHeldKinds(ctx, asker);
  return viewOf(factor, held.find(({ kind }) => kind === factor.kind)?.closed ?? "nowhere");
}

/** A factor as its owner sees it: its secret stays here, of a place only the mask leaves. Pure. */
export function viewOf(factor: Factor, closed: Closed): FactorView {
  const { id, kind, label, lastUsedAt, createdAt, confirmedAt } = factor;
  const strategy = isBoundKind(kind) ? strategies[kind] : null;
  const place = strategy?.describe(factor) ?? null;
  const marks = strategy?.marks?.(factor) ?? [];
  return {
    id,
    kind,
    label,
    place,
    marks,
    isAskable: isAskable(factor),
    isAnswerable: isAnswerable(factor),
    isOfToday: isOfToday(factor),
    lastUsedAt,
    addedAt: confirmedAt ?? createdAt,
    closed,
  };
}

/** What to show of the enrolment that waits, or null. Reading it writes nothing. */
export async function findPendingView(
  ctx: Ctx,
  owner: Enroller & PendingOwner,
  kind: BoundKind,
): Promise<PendingView | null> {
  const pending = await findPending(ctx, owner, kind);
  const secret = pending?.secret === null ? "" : pending && openSecret(pending);
  const { enrolment } = strategies[kind];
  if (!pending || secret === null || !pending.expiresAt || !enrolment) return null;
  return {
    id: pending.id,
    shown: enrolment.show(secret, owner),
    label: pending.label,
    taken: (await listActive(ctx, owner.userId)).map(({ label }) => label),
    replaces: pending.replacesId,
    expiresAt: pending.expiresAt,
    isLastTry: (await findTriesLeft(ctx, pending.id)) === 1,
  };
}
