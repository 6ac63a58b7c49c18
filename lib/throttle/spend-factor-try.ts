import type { Ctx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { capOfBinding, type ThrottleRuleName, throttleRules } from "@/lib/policy/throttle-rules";
import { spendTry } from "@/lib/throttle/spend-try";
import {
  bucketKey,
  countTowardsCap,
  countWindowTries,
  findBucket,
  uncountTowardsCap,
  uncountTry,
} from "@/lib/throttle/store";

/** Which counter a judged answer of one kind is paid from: strangers share the account's, each trusted device has its own. */
export type FactorLane = { readonly rule: ThrottleRuleName; readonly userId: string; readonly deviceId: string | null };

const deviceKey = (lane: FactorLane, deviceId: string) => bucketKey("factor.trusted", `${lane.rule}:${deviceId}`);

/** The buckets that a try in this lane is charged to. */
export function keysOfLane(lane: FactorLane): string[] {
  const account = bucketKey(lane.rule, lane.userId);
  return lane.deviceId === null ? [account] : [deviceKey(lane, lane.deviceId), account];
}

/**
 * Pays for one judged answer. Wrong answers of every lane count towards the one cap of the binding (100 in its life).
 * Out: true when the trusted device's own tries are used up, so that it must be forgotten; the try was then paid as a stranger's.
 * Throws as `spendTry`; then nothing was counted.
 */
export async function spendFactorTry(ctx: Ctx, lane: FactorLane): Promise<boolean> {
  if (lane.deviceId === null) {
    await spendTry(ctx, lane.rule, lane.userId);
    return false;
  }
  const key = deviceKey(lane, lane.deviceId);
  if ((await countWindowTries(ctx, [{ key, rule: throttleRules["factor.trusted"] }])).length === 0) {
    await spendTry(ctx, lane.rule, lane.userId);
    return true;
  }
  if (await countTowardsCap(ctx, bucketKey(lane.rule, lane.userId), capOfBinding)) return false;
  await uncountTry(ctx, key);
  throw new DomainError("throttle.closed");
}

/** Gives a paid try of this lane back: our own fault, or a right code that this account had used before (NIST SP 800-63B-4, 3.1.4.2). */
export async function refundFactorTry(ctx: Ctx, lane: FactorLane): Promise<void> {
  const account = bucketKey(lane.rule, lane.userId);
  if (lane.deviceId === null) return uncountTry(ctx, account);
  await uncountTry(ctx, deviceKey(lane, lane.deviceId));
  await uncountTowardsCap(ctx, account); // the strangers' own count and wait are not this device's to lift
}

/** True when strangers' tries at this kind are used up for good, until it is bound anew. */
export async function isQuarantined(ctx: Ctx, rule: ThrottleRuleName, userId: string): Promise<boolean> {
  const limits = throttleRules[rule];
  if (limits.kind !== "waiting" || limits.orphanCap === null) return false;
  const state = await findBucket(ctx, bucketKey(rule, userId));
  return (
    state !== null &&
    (state.orphans >= limits.orphanCap || state.fails >= (limits.consecutiveCap ?? Number.POSITIVE_INFINITY))
  );
}
