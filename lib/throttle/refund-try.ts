import type { RawCtx } from "@/lib/context/context";
import { type CountedInWindow, uncountInSameWindow, uncountTry } from "@/lib/throttle/store";

/** Gives paid tries back: a fault of ours while judging, or a right code that this account had used before (NIST SP 800-63B-4, 3.1.4.2). */
export async function refundTry(ctx: RawCtx, keys: readonly string[]): Promise<void> {
  for (const key of keys) await uncountTry(ctx, key);
}

/** The same for what windows counted, each only while that very window runs. */
export async function refundWindows(ctx: RawCtx, paid: readonly CountedInWindow[]): Promise<void> {
  for (const one of paid) await uncountInSameWindow(ctx, one);
}
