import type { RawCtx } from "@/lib/context/context";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { unlessOurFault } from "@/lib/kernel/our-fault";
import { refundTry } from "@/lib/throttle/waiting/store";
import { type ConsumedInWindow, refundInSameWindow } from "@/lib/throttle/windows/store";

/** Refunds tries to their rate limit: a fault of ours while judging, or a right code that this account had used before (NIST SP 800-63B-4, 3.1.4.2). */
export async function refundTries(ctx: RawCtx, keys: readonly string[]): Promise<void> {
  for (const key of keys) await refundTry(ctx, key);
}

/** The same for what windows counted, each only while that very window runs. */
export async function refundWindows(ctx: RawCtx, consumed: readonly ConsumedInWindow[]): Promise<void> {
  for (const one of consumed) await refundInSameWindow(ctx, one);
}

/**
 * Runs `work`, for which windows were consumed; a fault of ours that ends it refunds them. Inside a transaction they are undone with it, and nothing more is
 * written there: that one was lost against another must be seen, so that it is run again. Throws what `work` throws.
 */
export function refundingAtFault<T>(
  ctx: RawCtx,
  consumed: readonly ConsumedInWindow[],
  work: () => Promise<T>,
): Promise<T> {
  return ctx.beforeCommit === undefined ? unlessOurFault(() => refundWindows(ctx, consumed), work) : work();
}

/**
 * The same, and what succeeds is refunded too. What was opened stands whatever becomes of that: a try that stays counted is forgotten with its window, and
 * nobody is told "later" of something that was done.
 */
export async function refundingOpened<T>(
  ctx: RawCtx,
  consumed: readonly ConsumedInWindow[],
  work: () => Promise<T>,
): Promise<T> {
  const opened = await refundingAtFault(ctx, consumed, work);
  await refundWindows(ctx, consumed).catch((fault) =>
    logLine("warning", "refund.not_written", { requestId: ctx.requestId, ...faultLine(fault) }),
  );
  return opened;
}
