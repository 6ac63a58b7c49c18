import type { RawCtx } from "@/lib/context/context";
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
