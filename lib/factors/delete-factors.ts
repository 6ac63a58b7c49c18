import { recordEvent } from "@/lib/audit/record-event";
import type { Ctx } from "@/lib/context/context";
import type { Factor } from "@/lib/factors/factor";
import { deleteCodes, deleteCodesOf } from "@/lib/factors/recovery/store";
import { deleteActive } from "@/lib/factors/store";
import { DomainError } from "@/lib/kernel/errors";
import { rememberFactor } from "@/lib/notices/former-address";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { addressesOfFactor } from "@/lib/notices/told-addresses";
import { isFactorKind } from "@/lib/policy/kinds";
import { bucketOf } from "@/lib/policy/throttle-rules";
import { deleteBucketIfAllBoundAnew } from "@/lib/throttle/store";

/** Whose factors go, and the session in which they do, if it is one. */
type Owner = { readonly userId: string; readonly sessionId?: string };

/** The factors that go, of so many that the account has. */
type Dropping = { readonly factors: readonly Factor[]; readonly of: number };

/**
 * Deletes active factors and the recovery codes that go with them, in a transaction that holds the account's row. Out: how many factors are left.
 * Throws `factors.gone`.
 */
export async function deleteFactors(tx: Ctx, owner: Owner, { factors, of }: Dropping): Promise<number> {
  const { userId } = owner;
  for (const { id } of factors) if (!(await deleteActive(tx, userId, id))) throw new DomainError("factors.gone");
  const left = of - factors.length;
  if (left === 0) await voidCodes(tx, owner, await deleteCodes(tx, userId));
  else for (const factor of factors) await voidCodes(tx, owner, await deleteCodesOf(tx, factor));
  return left;
}

/** Voids the recovery codes of an account in whose hands nobody knows, in a transaction that holds its row. */
export async function dropCodes(tx: Ctx, owner: Owner): Promise<void> {
  await voidCodes(tx, owner, await deleteCodes(tx, owner.userId));
}

/** What follows when factors were deleted, after sessions as in every change: their kinds' counters, the events, and letters to where they were too. */
export async function tellDeleted(tx: Ctx, owner: Owner, factors: readonly Factor[]): Promise<void> {
  const { userId } = owner;
  for (const kind of new Set(factors.map((factor) => factor.kind))) {
    const bucket = isFactorKind(kind) ? bucketOf(kind) : null;
    if (bucket) await deleteBucketIfAllBoundAnew(tx, { rule: bucket, userId, kind });
  }
  for (const factor of factors) await tell(tx, owner, factor);
}

async function tell(tx: Ctx, owner: Owner, factor: Factor): Promise<void> {
  const { id, kind, label } = factor;
  await recordAndTell(tx, {
    event: { name: "factor.removed", ...aboutOwner(owner), meta: { kind, factor: id } },
    facts: { factor: kind, label },
    also: addressesOfFactor(factor),
  });
  await rememberFactor(tx, factor);
}

/** Codes are void with the last factor; one that came with a factor goes with it, or whoever bound that would keep a way in. */
async function voidCodes(tx: Ctx, owner: Owner, count: number): Promise<void> {
  if (count > 0) await recordEvent(tx, { name: "recovery.voided", ...aboutOwner(owner) });
}

const aboutOwner = ({ userId, sessionId }: Owner) => ({
  subjectId: userId,
  ...(sessionId === undefined ? {} : { sessionId }),
});
