import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { bucketOf } from "@/lib/policy/throttle-rules";
import { type FactorKind, factorKinds, firstDoor } from "@/lib/policy/traits";
import { bucketKey } from "@/lib/throttle/bucket";
import { isQuarantined } from "@/lib/throttle/consume-factor-try";
import { resetCounter, resetProofCounter } from "@/lib/throttle/reset-tries";
import { resetFailures } from "@/lib/throttle/store";
import { resetAccountTries } from "@/lib/users/password/store";
import { takeGuardRow } from "@/lib/users/store";

/** `closed`: kinds that have reached the cap of their binding; only binding anew opens them. */
export type Unlocked = { readonly closed: readonly FactorKind[] };

/**
 * Ends the waits of a person whom strangers keep out: their password's failures and waits, and the waits of their factors.
 * The failures that count towards the cap of a binding stay: it bounds guessing over the secret's whole life, and an operator
 * who is talked into unlocking again and again must not undo that. Null: there is no such account.
 */
export async function unlockPerson(
  ctx: Ctx,
  { userId, by }: { readonly userId: string; readonly by: string },
): Promise<Unlocked | null> {
  const isThere = await inTransaction(ctx, async (tx) => {
    if (!(await takeGuardRow(tx, userId))) return false;
    await resetAccountTries(tx, userId);
    await resetCounter(tx, bucketKey("password.strangers", userId));
    for (const kind of factorKinds) {
      const bucket = bucketOf(kind);
      if (kind === firstDoor) await resetProofCounter(tx, userId);
      else if (bucket !== null) await resetFailures(tx, bucketKey(bucket, userId), 0);
    }
    await recordEvent(tx, { name: "account.unlocked", subjectId: userId, actorId: null, meta: { by } });
    return true;
  });
  return isThere ? { closed: await closedKinds(ctx, userId) } : null;
}

async function closedKinds(ctx: Ctx, userId: string): Promise<FactorKind[]> {
  const closed: FactorKind[] = [];
  for (const kind of factorKinds) {
    const bucket = bucketOf(kind);
    if (bucket !== null && (await isQuarantined(ctx, bucket, userId))) closed.push(kind);
  }
  return closed;
}
