import type { Ctx, RawCtx } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { DomainError } from "@/lib/kernel/errors";
import {
  capOfBinding,
  ruleOf,
  type ThrottleRuleName,
  throttleRules,
  type WaitingRule,
} from "@/lib/policy/throttle-rules";
import { closedFor } from "@/lib/throttle/closed-lane";
import { refusal } from "@/lib/throttle/spend-try";
import {
  bucketKey,
  type ClosedLane,
  cappedTry,
  countWaitingTry,
  findBucket,
  uncountTowardsCap,
  uncountTry,
  waitingTry,
  windowTry,
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
 * What one judged answer costs the lane, as parts of the statement in which its challenge pays: together, so that no success can come
 * between the two and leave a try behind that nobody forgives. Wrong answers of every lane count towards the one cap of the binding
 * (100 in its life). `paid` has a row when the challenge could pay; `charged` has one for each bucket that had room, with what it `closes`.
 */
export function costOfTry(ctx: RawCtx, lane: FactorLane, paid: Prisma.Sql): Prisma.Sql {
  const account = bucketKey(lane.rule, lane.userId);
  const rule = waitingRule(lane.rule);
  if (lane.deviceId === null) return Prisma.sql`charged AS (${waitingTry(ctx, account, rule, paid)})`;
  const device = windowTry(ctx, deviceKey(lane, lane.deviceId), throttleRules["factor.trusted"], paid);
  const cap = cappedTry(ctx, account, { all: capOfBinding, untrusted: rule.orphanCap }, Prisma.sql`device`);
  return Prisma.sql`device AS (${device}), cap AS (${cap}),
    charged AS (SELECT key, NULL AS closes FROM device UNION ALL SELECT key, closes FROM cap)`;
}

function waitingRule(name: ThrottleRuleName): WaitingRule {
  const rule = ruleOf(name);
  if (rule.kind !== "waiting") throw new Error(`The rule ${name} has no waits.`);
  return rule;
}

/** How many of a lane's buckets had room, and what the try closes if it stays counted. */
export type LanePayment = { readonly charged: number; readonly closes: ClosedLane | null };

/** `deviceIsSpent`: the trusted device's own tries are used up, so that it must be forgotten; the try was paid as a stranger's. */
export type Settled = { readonly deviceIsSpent: boolean; readonly closes: ClosedLane | null };

/** What the payment means: see `Settled`. Throws `throttle.too_many` or `throttle.closed`; then nothing stays counted. */
export async function settleTry(ctx: Ctx, lane: FactorLane, { charged, closes }: LanePayment): Promise<Settled> {
  const account = bucketKey(lane.rule, lane.userId);
  if (charged === keysOfLane(lane).length) return { deviceIsSpent: false, closes };
  if (lane.deviceId === null) throw await refusal(ctx, lane.rule, account);
  if (charged === 1) {
    await uncountTry(ctx, deviceKey(lane, lane.deviceId));
    throw new DomainError("throttle.closed");
  }
  const counted = await countWaitingTry(ctx, account, waitingRule(lane.rule));
  if (!counted) throw await refusal(ctx, lane.rule, account);
  return { deviceIsSpent: true, closes: counted.closes };
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
  const state = await findBucket(ctx, bucketKey(rule, userId));
  return state !== null && closedFor(rule, state, false) === "here";
}
