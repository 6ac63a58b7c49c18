import type { Ctx, RawCtx } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { DomainError } from "@/lib/kernel/errors";
import {
  type ClosedTo,
  capOfBinding,
  ruleOf,
  type ThrottleRuleName,
  throttleRules,
  type WaitingRule,
} from "@/lib/policy/throttle-rules";
import { closedFor } from "@/lib/throttle/closed-for";
import { refusal } from "@/lib/throttle/spend-try";
import {
  bucketKey,
  cappedTry,
  countWaitingTry,
  findBucket,
  uncountTowardsCap,
  uncountTry,
  waitingTry,
  windowTry,
} from "@/lib/throttle/store";

/** Which counter a judged answer of one kind is paid from: strangers share the account's, each known device has its own. */
export type FactorCounter = {
  readonly rule: ThrottleRuleName;
  readonly userId: string;
  readonly deviceId: string | null;
};

const deviceKey = (counter: FactorCounter, deviceId: string) =>
  bucketKey("factor.trusted", `${counter.rule}:${deviceId}`);

/** The buckets that a try of this counter is charged to. */
export function keysOfCounter(counter: FactorCounter): string[] {
  const account = bucketKey(counter.rule, counter.userId);
  return counter.deviceId === null ? [account] : [deviceKey(counter, counter.deviceId), account];
}

/**
 * What one judged answer costs its counter, as parts of the statement in which its challenge pays: together, so that no success can come
 * between the two and leave a try behind that nobody forgives. Everybody's wrong answers count towards the one cap of the binding
 * (100 in its life). `paid` has a row when the challenge could pay; `charged` has one for each bucket that had room, with what it `closes`.
 */
export function costOfTry(ctx: RawCtx, counter: FactorCounter, paid: Prisma.Sql): Prisma.Sql {
  const account = bucketKey(counter.rule, counter.userId);
  const rule = waitingRule(counter.rule);
  if (counter.deviceId === null) return Prisma.sql`charged AS (${waitingTry(ctx, account, rule, paid)})`;
  const device = windowTry(ctx, deviceKey(counter, counter.deviceId), throttleRules["factor.trusted"], paid);
  const cap = cappedTry(ctx, account, { everybody: capOfBinding, strangers: rule.orphanCap }, Prisma.sql`device`);
  return Prisma.sql`device AS (${device}), cap AS (${cap}),
    charged AS (SELECT key, NULL AS closes FROM device UNION ALL SELECT key, closes FROM cap)`;
}

function waitingRule(name: ThrottleRuleName): WaitingRule {
  const rule = ruleOf(name);
  if (rule.kind !== "waiting") throw new Error(`The rule ${name} has no waits.`);
  return rule;
}

/** How many of a counter's buckets had room, and what the try closes if it stays counted. */
export type CounterPayment = { readonly charged: number; readonly closes: ClosedTo | null };

/** `deviceIsSpent`: the known device's own tries are used up, so that it must be forgotten; the try was paid as a stranger's. */
export type Settled = { readonly deviceIsSpent: boolean; readonly closes: ClosedTo | null };

/** What the payment means: see `Settled`. Throws `throttle.too_many` or `throttle.closed`; then nothing stays counted. */
export async function settleTry(
  ctx: Ctx,
  counter: FactorCounter,
  { charged, closes }: CounterPayment,
): Promise<Settled> {
  const account = bucketKey(counter.rule, counter.userId);
  if (charged === keysOfCounter(counter).length) return { deviceIsSpent: false, closes };
  if (counter.deviceId === null) throw await refusal(ctx, counter.rule, account);
  if (charged === 1) {
    await uncountTry(ctx, deviceKey(counter, counter.deviceId));
    throw new DomainError("throttle.closed");
  }
  const counted = await countWaitingTry(ctx, account, waitingRule(counter.rule));
  if (!counted) throw await refusal(ctx, counter.rule, account);
  return { deviceIsSpent: true, closes: counted.closes };
}

/** Gives a paid try of this counter back: our own fault, or a right code that this account had used before (NIST SP 800-63B-4, 3.1.4.2). */
export async function refundFactorTry(ctx: Ctx, counter: FactorCounter): Promise<void> {
  const account = bucketKey(counter.rule, counter.userId);
  if (counter.deviceId === null) return uncountTry(ctx, account);
  await uncountTry(ctx, deviceKey(counter, counter.deviceId));
  await uncountTowardsCap(ctx, account); // the strangers' own count and wait are not this device's to lift
}

/** True when strangers' tries at this kind are used up for good, until it is bound anew. */
export async function isQuarantined(ctx: Ctx, rule: ThrottleRuleName, userId: string): Promise<boolean> {
  const state = await findBucket(ctx, bucketKey(rule, userId));
  return state !== null && closedFor(rule, state, false) === "here";
}
