import type { RawCtx } from "@/lib/context/context";
import { type ConsumedInWindow, consumeWindowTry, refundInSameWindow, type Window } from "@/lib/throttle/windows/store";

/** Consumes one try of each window, or of none: true when all of them had room. In the caller's transaction, always in the same order. */
export async function consumeAllWindows(tx: RawCtx, windows: readonly Window[]): Promise<boolean> {
  const consumed: ConsumedInWindow[] = [];
  for (const { key, rule } of windows) {
    const one = await consumeWindowTry(tx, key, rule);
    if (one === null) {
      for (const back of consumed) await refundInSameWindow(tx, back);
      return false;
    }
    consumed.push(one);
  }
  return true;
}
