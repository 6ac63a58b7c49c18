import { type Challenge, mayAnswerWith } from "@/lib/challenge/challenge";
import type { Ctx } from "@/lib/context/context";
import { type FactorKind, factorKinds, isBoundKind } from "@/lib/factors/factor";
import { strategies } from "@/lib/factors/registry";

/** What a person could answer with, and when they last did. */
export type Holding = { readonly kind: FactorKind; readonly lastUsedAt: Date | null };

/** The ways to offer, in order: bound kinds first, the last used one before the others, recovery codes at the end. Pure. */
export function orderOptions(holdings: readonly Holding[]): FactorKind[] {
  const used = (holding: Holding) => holding.lastUsedAt?.getTime() ?? 0;
  const place = (holding: Holding) => (isBoundKind(holding.kind) ? 0 : 1);
  return [...holdings]
    .sort((one, other) => place(one) - place(other) || used(other) - used(one))
    .map(({ kind }) => kind);
}

/** The kinds that this challenge's person holds and may answer with. */
export async function findOptions(
  ctx: Ctx,
  { userId, purpose }: Pick<Challenge, "userId" | "purpose">,
): Promise<FactorKind[]> {
  const holdings: Holding[] = [];
  for (const kind of factorKinds.filter((one) => mayAnswerWith(purpose, one))) {
    const held = await strategies[kind].held(ctx, userId);
    const times = held.flatMap(({ lastUsedAt }) => (lastUsedAt ? [lastUsedAt.getTime()] : []));
    if (held.length > 0) holdings.push({ kind, lastUsedAt: times.length > 0 ? new Date(Math.max(...times)) : null });
  }
  return orderOptions(holdings);
}
