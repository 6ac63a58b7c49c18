import type { Ctx } from "@/lib/context/context";
import type { Factor } from "@/lib/factors/factor";
import { goneFactor } from "@/lib/factors/gone";
import { checkRule, removeAllOfKind, removeFactor } from "@/lib/factors/remove-factor";
import { countActiveByKind, findActive, listActiveOfKind } from "@/lib/factors/store";
import { type AskedFor, askForChange } from "@/lib/pending/ask-for-change";
import { isDangerousRemoval } from "@/lib/pending/standing/last-strong";
import { isBoundKind } from "@/lib/policy/kinds";
import type { BoundKind } from "@/lib/policy/traits";
import type { Actor } from "@/lib/sessions/acting-session";

/**
 * Removes one factor of the acting person. The last strong one is a dangerous change, and so is any on a proof by less than they have: it waits, or is done at once, as `askForChange` decides; any other goes
 * now. One that was bound within the week does not stand for it, or a thief would bind their own and then remove the owner's. Of two removals at once that each leave one, the second finds another stamp, so both cannot be "not the last". Throws `factors.gone` (also for somebody
 * else's id), `factors.last_one`, `factors.needed`, `account.changed_meanwhile`, `throttle.too_many`.
 */
export async function askToRemoveFactor(
  ctx: Ctx,
  { actor, factorId }: { readonly actor: Actor; readonly factorId: string },
): Promise<AskedFor> {
  const factor = await findActive(ctx, actor.userId, factorId);
  if (!factor || !isBoundKind(factor.kind)) throw await goneFactor(ctx, actor);
  if (await isDangerousRemoval(ctx, actor, [factorId])) return ask(ctx, actor, factor.kind, [factor]);
  return { done: true, kept: await removeFactor(ctx, { actor, factorId }) };
}

/** The same for all factors of a kind at once. Throws what that does; `factors.gone` when there are none. */
export async function askToRemoveAllOfKind(
  ctx: Ctx,
  { actor, kind }: { readonly actor: Actor; readonly kind: BoundKind },
): Promise<AskedFor> {
  const factors = await listActiveOfKind(ctx, actor.userId, kind);
  const ids = factors.map(({ id }) => id);
  if (ids.length > 0 && (await isDangerousRemoval(ctx, actor, ids))) return ask(ctx, actor, kind, factors);
  return { done: true, kept: await removeAllOfKind(ctx, { actor, kind }) };
}

async function ask(ctx: Ctx, actor: Actor, kind: BoundKind, factors: readonly Factor[]): Promise<AskedFor> {
  await checkRule(ctx, actor, { held: await countActiveByKind(ctx, actor.userId), kind, factors });
  return askForChange(ctx, actor, "factor.remove", { factorIds: factors.map(({ id }) => id) });
}
