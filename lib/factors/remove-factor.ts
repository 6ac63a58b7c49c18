import { recordEvent } from "@/lib/audit/record-event";
import { config } from "@/lib/config/config";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { type Actor, type Kept, keepOnlyActing } from "@/lib/factors/actor";
import { isBoundKind } from "@/lib/factors/factor";
import { answerableOf } from "@/lib/factors/on-offer";
import { deleteCodes } from "@/lib/factors/recovery/store";
import { strategies } from "@/lib/factors/registry";
import { removalRule } from "@/lib/factors/removal-rule";
import { countActiveByKind, deleteActive, findActive } from "@/lib/factors/store";
import { DomainError } from "@/lib/kernel/errors";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { addressesOfFactor, tellUser } from "@/lib/notices/tell-user";
import { demandOn } from "@/lib/policy/second-factor";
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
  if (!factor || !isBoundKind(factor.kind)) throw new DomainError("factors.gone");
  const { kind } = factor;
  return inTransaction(ctx, async (tx) => {
    const version = await raiseCredentialVersion(tx, actor.userId, actor.credentialVersion);
    if (version === null) throw new DomainError("account.changed_meanwhile");
    const held = await countActiveByKind(tx, actor.userId);
    const demand = demandOn(actor, config().secondFactor, tx.now);
    const rule = removalRule({ demand, held: answerableOf(held), kind });
    if (rule === "last_one") throw new DomainError("factors.last_one");
    if (rule === "needed") throw new DomainError("factors.needed", { params: { count: demand.count } });
    const left = Object.values(held).reduce((sum, count) => sum + count, 0) - 1;
    if (!(await deleteActive(tx, actor.userId, factorId))) throw new DomainError("factors.gone");
    if (left === 0) await voidCodes(tx, actor);
    const kept = await keepOnlyActing(tx, actor, version, "factor_removed");
    const { bucket } = strategies[kind];
    if (bucket) await deleteBucketIfAllBoundAnew(tx, { rule: bucket, userId: actor.userId, kind });
    const meta = { kind, factor: factorId };
    await recordEvent(tx, {
      name: "factor.removed",
      result: "ok",
      subjectId: actor.userId,
      sessionId: actor.sessionId,
      meta,
    });
    const facts = { ...noticeFacts(tx), factor: kind, label: factor.label };
    await tellUser(tx, { userId: actor.userId, kind: "factor.removed", facts, also: addressesOfFactor(factor) });
    return { left, ...kept };
  });
}

async function voidCodes(tx: Ctx, actor: Actor): Promise<void> {
  if ((await deleteCodes(tx, actor.userId)) === 0) return;
  await recordEvent(tx, { name: "recovery.voided", result: "ok", subjectId: actor.userId, sessionId: actor.sessionId });
}
