import type { RawCtx } from "@/lib/context/context";
import { tally } from "@/lib/kernel/tally";
import type { SendWindow } from "@/lib/throttle/send-windows";
import { type ConsumedInWindow, consumeWindowTry, refundInSameWindow } from "@/lib/throttle/windows/store";

/** Consumes one try of each window, or of none: true when all of them had room. In the caller's transaction, always in the same order. */
export async function consumeAllWindows(tx: RawCtx, windows: readonly SendWindow[]): Promise<boolean> {
  const consumed: ConsumedInWindow[] = [];
  for (const { name, key, rule } of windows) {
    const one = await consumeWindowTry(tx, key, rule);
    if (one === null) {
      for (const back of consumed) await refundInSameWindow(tx, back);
      tx.afterCommit(() => tally({ what: "counter full", counter: name }));
      return false;
    }
    consumed.push(one);
  }
  return true;
}
