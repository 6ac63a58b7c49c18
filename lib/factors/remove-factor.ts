import { demandsOf } from "@/lib/apps/demands-of";
import { config } from "@/lib/config/config";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { deleteFactors, tellDeleted } from "@/lib/factors/delete-factors";
import type { Factor } from "@/lib/factors/factor";
import { goneFactor } from "@/lib/factors/gone";
import { answerableOf } from "@/lib/factors/on-offer";
import { removalRule } from "@/lib/factors/removal-rule";
import { countActiveByKind, findActive, listActive, listActiveOfKind } from "@/lib/factors/store";
import { DomainError } from "@/lib/kernel/errors";
import { portalClient } from "@/lib/policy/clients";
import { isBoundKind } from "@/lib/policy/kinds";
import { type Demanded, demandOn, demandThrough, type Held } from "@/lib/policy/second-factor";
import type { BoundKind } from "@/lib/policy/traits";
import { type Actor, type Kept, keepOnlyActing } from "@/lib/sessions/acting-session";
import { endOtherSessions } from "@/lib/sessions/end-session";
import { isAskable } from "@/lib/users/askable-kind";
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
  return removeThese(ctx, { actor, kind: factor.kind, factors: [factor] });
}

/** The same for all factors of a kind at once: either all of them go, or none. Throws what `removeFactor` does; `factors.gone` when there are none. */
export async function removeAllOfKind(
  ctx: Ctx,
  { actor, kind }: { readonly actor: Actor; readonly kind: BoundKind },
): Promise<Removed> {
  const factors = await listActiveOfKind(ctx, actor.userId, kind);
  if (factors.length === 0) throw await goneFactor(ctx, actor);
  return removeThese(ctx, { actor, kind, factors });
}

/** Factors of one kind and one person, and the session in which they go. */
export type Removal = { readonly actor: Actor; readonly kind: BoundKind; readonly factors: readonly Factor[] };

/** The same of factors that were looked up before. */
export function removeThese(ctx: Ctx, { actor, kind, factors }: Removal): Promise<Removed> {
  return inTransaction(ctx, async (tx) => {
    const { userId } = actor;
    const version = await raiseCredentialVersion(tx, userId, actor.credentialVersion);
    if (version === null) throw new DomainError("account.changed_meanwhile");
    const keep = () => keepOnlyActing(tx, actor, version, "factor_removed");
    return unbind(tx, actor, { kind, factors, keep });
  });
}

/**
 * The same after a wait, in a transaction that holds the account's guard row: nobody acts, so every session ends. Those of the factors that are gone by then
 * are no error. Throws `factors.gone` when all are, `factors.last_one`, `factors.needed`.
 */
export async function removeAfterWait(
  tx: Ctx,
  owner: Demanded & { readonly userId: string; readonly credentialVersion: number },
  factorIds: readonly string[],
): Promise<void> {
  const { userId, credentialVersion } = owner;
  const version = await raiseCredentialVersion(tx, userId, credentialVersion);
  if (version === null) throw new DomainError("account.changed_meanwhile");
  const factors = (await listActive(tx, userId)).filter(({ id }) => factorIds.includes(id));
  const kind = factors[0]?.kind;
  if (kind === undefined || !isBoundKind(kind)) throw new DomainError("factors.gone");
  const keep = async (): Promise<Kept> => ({
    sessionToken: null,
    endedSessions: await endOtherSessions(tx, userId, null, "factor_removed"),
  });
  await unbind(tx, { ...owner, clientId: portalClient }, { kind, factors, keep });
}

/** Whose factors go. `sessionId`: the session in which they act, if they do. */
type Holder = Demanded & { readonly userId: string; readonly clientId: string; readonly sessionId?: string };

type Unbinding = Omit<Removal, "actor"> & { readonly keep: () => Promise<Kept> };

/** Everything of a removal but the stamp, which has risen before. `keep`: what becomes of the sessions. */
async function unbind(tx: Ctx, holder: Holder, { kind, factors, keep }: Unbinding): Promise<Removed> {
  const { userId } = holder;
  const held = await countActiveByKind(tx, userId);
  await checkRule(tx, holder, { held, kind, factors });
  const of = Object.values(held).reduce((sum, count) => sum + count, 0);
  const left = await deleteFactors(tx, holder, { factors, of });
  const kept = await keep();
  await tellDeleted(tx, holder, factors);
  return { left, ...kept };
}

/** What is held by kind, and which of one kind would go. */
export type Going = { readonly held: Held; readonly kind: BoundKind; readonly factors: readonly Factor[] };

/** Throws `factors.last_one` or `factors.needed` when policy, or the app that is used, demands what would go. */
export async function checkRule(
  tx: Ctx,
  holder: Omit<Holder, "userId">,
  { held, kind, factors }: Going,
): Promise<void> {
  const isDemandedByApp = await demandsOf(tx, holder.clientId);
  const demand = demandThrough(isDemandedByApp, demandOn(holder, config().secondFactor, tx.now));
  const going = factors.filter(isAskable).length;
  const rule = removalRule({ demand, held: answerableOf(held, holder), kind, going });
  if (rule === "last_one") throw new DomainError("factors.last_one");
  if (rule === "needed") throw new DomainError("factors.needed", { params: { count: demand.count } });
}
