import type { Ctx } from "@/lib/context/context";
import { later, waitUntil } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { tally } from "@/lib/kernel/tally";
import { ruleOf, type ThrottleRuleName, type WaitingRule } from "@/lib/policy/throttle-rules";
import { bucketKey } from "@/lib/throttle/bucket";
import { findBucket } from "@/lib/throttle/store";
import { consumeWaitingTry } from "@/lib/throttle/waiting/store";
import { consumeWindowTry } from "@/lib/throttle/windows/store";

/**
 * The rate limit against brute force, of everything but codes and passwords (`consume-factor-try.ts`, `password-counter.ts`): consumes one try before it is judged, in a write of its own: a rollback must not hand the guess back.
 * Out: the bucket's key, to refund or reset. Throws `throttle.too_many` (with `retryAt`) or `throttle.closed`; then nothing was consumed,
 * and tries during a wait never lengthen it. A store that fails throws too: no try is ever free.
 */
export async function consumeTry(ctx: Ctx, name: ThrottleRuleName, subject: string): Promise<string> {
  const rule = ruleOf(name);
  const key = bucketKey(name, subject);
  const consumed =
    rule.kind === "waiting" ? await consumeWaitingTry(ctx, key, rule) : await consumeWindowTry(ctx, key, rule);
  if (!consumed) throw await refusal(ctx, name, key);
  return key;
}

/** The error that says until when a bucket is closed. */
export async function refusal(ctx: Ctx, name: ThrottleRuleName, key: string): Promise<DomainError> {
  tally({ what: "counter full", counter: name });
  const rule = ruleOf(name);
  const state = await findBucket(ctx, key);
  if (state && rule.kind === "waiting" && isCapped(rule, state)) return new DomainError("throttle.closed");
  const opens =
    rule.kind === "window" ? later(state?.windowStart ?? ctx.now, rule.window) : (state?.blockedUntil ?? ctx.now);
  return tooMany(ctx, opens);
}

/** `throttle.too_many` with the wait that is left. */
export function tooMany(ctx: Pick<Ctx, "now">, opens: Date): DomainError {
  const { amount, unit } = waitUntil(ctx.now, opens);
  return new DomainError("throttle.too_many", { params: { amount, unit }, retryAt: opens });
}

const isCapped = (rule: WaitingRule, state: { fails: number; orphans: number }) =>
  (rule.consecutiveCap !== null && state.fails >= rule.consecutiveCap) ||
  (rule.orphanCap !== null && state.orphans >= rule.orphanCap);
