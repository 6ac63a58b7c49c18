import type { RawCtx } from "@/lib/context/context";
import { bucketOf } from "@/lib/policy/throttle-rules";
import { factorKinds, firstDoor, traits } from "@/lib/policy/traits";
import { bucketKey } from "@/lib/throttle/bucket";
import { readFactorKey } from "@/lib/throttle/factor-buckets";
import { deleteBucket, resetFailures, resetOwnFailures } from "@/lib/throttle/store";

/** `consumed` names the bucket of each try that the challenge consumed, `answered` the buckets of the kind that succeeded. */
type Success = { readonly consumed: readonly string[]; readonly answered: readonly string[] };

/**
 * Resets the rate limit in the transaction of a success. The waits of the kind that succeeded end; another kind's waits stay, a recovery code says
 * nothing about an authenticator app. Of every counter this challenge's own failures are taken off, an attacker's stay.
 */
export async function resetTries(ctx: RawCtx, { consumed, answered }: Success): Promise<void> {
  for (const key of new Set(consumed)) {
    const own = consumed.filter((one) => one === key).length;
    if (answered.includes(key)) await resetFailures(ctx, key, isForLife(key) ? own : "all");
    else await resetOwnFailures(ctx, key, { orphans: own, fails: own - onDevices(consumed, key) });
  }
}

/** How many of a challenge's tries at a kind its known device consumed: at the account these counted towards the cap of the binding, not among strangers' failures. */
function onDevices(consumed: readonly string[], key: string): number {
  const { rule, isDevices } = readFactorKey(key);
  if (isDevices) return 0;
  return consumed.map(readFactorKey).filter((one) => one.isDevices && one.rule === rule).length;
}

/** A binding's cap outlives successes. A password's is for failures in a row (NIST SP 800-63B-4, 3.2.2): its right answer resets them all. */
function isForLife(key: string): boolean {
  const { rule, isDevices } = readFactorKey(key);
  return isDevices || !factorKinds.some((kind) => traits[kind].tries === "in_a_row" && rule === bucketOf(kind));
}

/** A new password has no failures as a step-up proof: those of the last one say nothing about it. */
export async function resetProofCounter(ctx: RawCtx, userId: string): Promise<void> {
  await deleteBucket(ctx, bucketKey(`factor.${firstDoor}`, userId));
}

/**
 * A password was replaced: the strangers' wait and the failures as a step-up proof were about the last one. Whoever chose the new one
 * would be refused with it for up to an hour.
 */
export async function resetPasswordCounters(ctx: RawCtx, userId: string): Promise<void> {
  await resetCounter(ctx, bucketKey("password.strangers", userId));
  await resetProofCounter(ctx, userId);
}

/** A right password: its counter starts from nothing. */
export async function resetCounter(ctx: RawCtx, key: string): Promise<void> {
  await deleteBucket(ctx, key);
}
