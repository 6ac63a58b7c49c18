import type { RawCtx } from "@/lib/context/context";
import { uncountTry } from "@/lib/throttle/store";

/** Gives paid tries back: a fault of ours while judging, or a right code that this account had used before (NIST SP 800-63B-4, 3.1.4.2). */
export async function refundTry(ctx: RawCtx, keys: readonly string[]): Promise<void> {
  for (const key of keys) await uncountTry(ctx, key);
}
