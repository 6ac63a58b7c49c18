import { demandsOf } from "@/lib/apps/demands-of";
import { recordEvent } from "@/lib/audit/record-event";
import { config } from "@/lib/config/config";
import { type Ctx, inTransaction } from "@/lib/context/context";
import type { Factor } from "@/lib/factors/factor";
import { goneFactor } from "@/lib/factors/gone";
import { answerableOf } from "@/lib/factors/on-offer";
import { deleteCodes, deleteCodesOf } from "@/lib/factors/recovery/store";
import { removalRule } from "@/lib/factors/removal-rule";
import { countActiveByKind, deleteActive, findActive, listActiveOfKind } from "@/lib/factors/store";
import { DomainError } from "@/lib/kernel/errors";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { addressesOfFactor } from "@/lib/notices/tell-user";
import { isBoundKind } from "@/lib/policy/kinds";
import { demandOn, demandThrough, type Held } from "@/lib/policy/second-factor";
import { bucketOf } from "@/lib/policy/throttle-rules";
import type { BoundKind } from "@/lib/policy/traits";
import { type Actor, type Kept, keepOnlyActing } from "@/lib/sessions/acting-session";
import { deleteBucketIfAllBoundAnew } from "@/lib/throttle/store";
import { raiseCredentialVersion } from "@/lib/users/store";

export type Removed = Kept & { readonly left: number };

/**
 * Unbinds one factor of the acting person. With the last one the recovery codes go too; every other session ends.
 * Removals queue on the account's guard row, so that two at once cannot both be "not the last".
 * Throws `factors.gone` (also for somebody else's id), `factors.last_one`, `factors.needed`, `account.changed_meanwhile`.
 */
export async function removeFactor(
  ctx: Ctx,
  { actor, factorId }: { readonly actor: Actor; readonly factorId: string },
): Promise<Removed> {
  const factor = await findActive(ctx, actor.userId, factorId);
  if (!factor || !isBoundKind(factor.kind)) throw await goneFactor(ctx, actor);
  return remove(ctx, { actor, kind: factor.kind, factors: [factor] });
}

/** The same for all factors of a kind at once: either all of them go, or none. Throws what `removeFactor` does; `factors.gone` when there are none. */
export async function removeAllOfKind(
  ctx: Ctx,
  { actor, kind }: { readonly actor: Actor; readonly kind: BoundKind },
): Promise<Removed> {
  const factors = await listActiveOfKind(ctx, actor.userId, kind);
  if (factors.length === 0) throw await goneFactor(ctx, actor);
  return remove(ctx, { actor, kind, factors });
}

type Removal = { readonly actor: Actor; readonly kind: BoundKind; readonly factors: readonly Factor[] };

function remove(ctx: Ctx, { actor, kind, factors }: Removal): Promise<Removed> {
  return inTransaction(ctx, async (tx) => {
    const { userId } = actor;
    const version = await raiseCredentialVersion(tx, userId, actor.credentialVersion);
    if (version === null) throw new DomainError("account.changed_meanwhile");
    const held = await countActiveByKind(tx, userId);
    await checkRule(tx, actor, { held, kind, going: factors.length });
    for (const { id } of factors) if (!(await deleteActive(tx, userId, id))) throw new DomainError("factors.gone");
    const left = Object.values(held).reduce((sum, count) => sum + count, 0) - factors.length;
    if (left === 0) await voidCodes(tx, actor, await deleteCodes(tx, userId));
    else for (const factor of factors) await voidCodes(tx, actor, await deleteCodesOf(tx, factor));
    const kept = await keepOnlyActing(tx, actor, version, "factor_removed");
    const bucket = bucketOf(kind);
    if (bucket) await deleteBucketIfAllBoundAnew(tx, { rule: bucket, userId, kind });
    for (const factor of factors) await tell(tx, actor, factor);
    return { left, ...kept };
  });
}

type Going = { readonly held: Held; readonly kind: BoundKind; readonly going: number };

/** Throws when policy, or the app that is used, demands what would go. */
async function checkRule(tx: Ctx, actor: Actor, { held, kind, going }: Going): Promise<void> {
  const isDemandedByApp = await demandsOf(tx, actor.clientId);
  const demand = demandThrough(isDemandedByApp, demandOn(actor, config().secondFactor, tx.now));
  const rule = removalRule({ demand, held: answerableOf(held), kind, going });
  if (rule === "last_one") throw new DomainError("factors.last_one");
  if (rule === "needed") throw new DomainError("factors.needed", { params: { count: demand.count } });
}

async function tell(tx: Ctx, { userId, sessionId }: Actor, factor: Factor): Promise<void> {
  const { id, kind, label } = factor;
  await recordAndTell(tx, {
    event: { name: "factor.removed", subjectId: userId, sessionId, meta: { kind, factor: id } },
    facts: { factor: kind, label },
    also: addressesOfFactor(factor),
  });
}

/** Codes are void with the last factor; one that came with a factor goes with it, or whoever bound that would keep a way in. */
async function voidCodes(tx: Ctx, actor: Actor, count: number): Promise<void> {
  if (count === 0) return;
  await recordEvent(tx, { name: "recovery.voided", subjectId: actor.userId, sessionId: actor.sessionId });
}
