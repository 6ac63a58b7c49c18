import type { Ctx } from "@/lib/context/context";
import { later, waitUntil } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { tally } from "@/lib/kernel/tally";
import { ruleOf, type ThrottleRuleName, type WaitingRule } from "@/lib/policy/throttle-rules";
import { refundingAtFault } from "@/lib/throttle/refund-tries";
import { windowOf } from "@/lib/throttle/send-windows";
import { findBucket } from "@/lib/throttle/store";
import { type ConsumedInWindow, consumeWindowTry } from "@/lib/throttle/windows/store";

type Consuming = { readonly rule: ThrottleRuleName; readonly of: string };

/**
 * The rate limit against brute force, of everything but codes and passwords (`consume-factor-try.ts`, `lib/login/password-counter.ts`): consumes one try of a window before
 * `work` judges; a fault of ours that ends the work refunds it. Throws what `consumeTry` throws, and what `work` throws.
 */
export async function consumingTry<T>(ctx: Ctx, { rule, of }: Consuming, work: () => Promise<T>): Promise<T> {
  const consumed = await consumeTry(ctx, rule, of);
  return refundingAtFault(ctx, [consumed], work);
}

/**
 * Consumes one try of a window, in a write of its own: a rollback must not hand the guess back. Out: of which window, to refund it.
 * Throws `throttle.too_many` (with `retryAt`), or `throttle.start_over` where only a new login helps; then nothing was consumed. A store that fails throws too: no try is ever free.
 */
export async function consumeTry(ctx: Ctx, name: ThrottleRuleName, subject: string): Promise<ConsumedInWindow> {
  const { key, rule } = windowOf(name, subject);
  const consumed = await consumeWindowTry(ctx, key, rule);
  if (consumed === null) throw await refusal(ctx, name, key);
  return consumed;
}

/** The error that says until when a bucket is closed. */
export async function refusal(ctx: Ctx, name: ThrottleRuleName, key: string): Promise<DomainError> {
  tally({ what: "counter full", counter: name });
  const rule = ruleOf(name);
  if (rule.kind === "window" && rule.helps === "a new login") return new DomainError("throttle.start_over");
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
