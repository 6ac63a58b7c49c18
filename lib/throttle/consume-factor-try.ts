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
import { bucketKey } from "@/lib/throttle/bucket";
import { closedFor } from "@/lib/throttle/closed-for";
import { refusal } from "@/lib/throttle/consume-try";
import { deviceKey, type FactorCounter, keysOfCounter } from "@/lib/throttle/factor-buckets";
import { findBucket } from "@/lib/throttle/store";
import { cappedTry, consumeWaitingTry, refundCappedTry, refundTry, waitingTry } from "@/lib/throttle/waiting/store";
import { claimFirstRefusal, windowTry } from "@/lib/throttle/windows/store";

/**
 * What one answer consumes of its counter, as parts of the statement that consumes a try of its challenge: together, so that no success can come
 * between the two and leave a try behind that nobody resets. Everybody's wrong answers count towards the one cap of the binding
 * (100 in its life). `tried` has a row when the challenge had a try left; `rooms` has one for each bucket that had room, with what it `closes`.
 */
export function factorTry(ctx: RawCtx, counter: FactorCounter, tried: Prisma.Sql): Prisma.Sql {
  const account = bucketKey(counter.rule, counter.userId);
  const rule = waitingRule(counter.rule);
  if (counter.deviceId === null) return Prisma.sql`rooms AS (${waitingTry(ctx, account, rule, tried)})`;
  const device = windowTry(ctx, deviceKey(counter, counter.deviceId), throttleRules["factor.device"], tried);
  const cap = cappedTry(ctx, account, { everybody: capOfBinding, strangers: rule.orphanCap }, Prisma.sql`device`);
  return Prisma.sql`device AS (${device}), cap AS (${cap}),
    rooms AS (SELECT key, NULL AS closes FROM device UNION ALL SELECT key, closes FROM cap)`;
}

function waitingRule(name: ThrottleRuleName): WaitingRule {
  const rule = ruleOf(name);
  if (rule.kind !== "waiting") throw new Error(`The rule ${name} has no waits.`);
  return rule;
}

/** How many of a counter's buckets had room, and what the try closes if it stays consumed. */
export type CounterTry = { readonly rooms: number; readonly closes: ClosedTo | null };

/** `deviceIsUsedUp`: the known device's own tries are used up, so that it must be forgotten; the try was consumed as a stranger's. */
export type ConcludedTry = { readonly deviceIsUsedUp: boolean; readonly closes: ClosedTo | null };

/** What it means which buckets had room: see `ConcludedTry`. Throws `throttle.too_many` or `throttle.closed`; then nothing stays consumed. */
export async function concludeFactorTry(
  ctx: Ctx,
  counter: FactorCounter,
  { rooms, closes }: CounterTry,
): Promise<ConcludedTry> {
  const account = bucketKey(counter.rule, counter.userId);
  if (rooms === keysOfCounter(counter).length) return { deviceIsUsedUp: false, closes };
  if (counter.deviceId === null) throw await refusal(ctx, counter.rule, account);
  if (rooms === 1) {
    await refundTry(ctx, deviceKey(counter, counter.deviceId));
    throw new DomainError("throttle.closed");
  }
  const counted = await consumeWaitingTry(ctx, account, waitingRule(counter.rule));
  if (!counted) throw await refusal(ctx, counter.rule, account);
  return { deviceIsUsedUp: true, closes: counted.closes };
}

/** Is this refusal the first of the account's wait at this kind, or since strangers were shut out for good? Only that is recorded: whoever has a password could ask without end. */
export const isFirstRefusal = (ctx: Ctx, { rule, userId }: FactorCounter): Promise<boolean> =>
  claimFirstRefusal(ctx, bucketKey(rule, userId));

/** Refunds a try of this counter: our own fault, or a right code that this account had used before (NIST SP 800-63B-4, 3.1.4.2). */
export async function refundFactorTry(ctx: Ctx, counter: FactorCounter): Promise<void> {
  const account = bucketKey(counter.rule, counter.userId);
  if (counter.deviceId === null) return refundTry(ctx, account);
  await refundTry(ctx, deviceKey(counter, counter.deviceId));
  await refundCappedTry(ctx, account); // the strangers' own count and wait are not this device's to lift
}

/** True when strangers' tries at this kind are used up for good, until it is bound anew. */
export async function isQuarantined(ctx: Ctx, rule: ThrottleRuleName, userId: string): Promise<boolean> {
  const state = await findBucket(ctx, bucketKey(rule, userId));
  return state !== null && closedFor(rule, state, false) === "here";
}
