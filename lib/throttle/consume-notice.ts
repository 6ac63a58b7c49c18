import type { RawCtx } from "@/lib/context/context";
import { tally } from "@/lib/kernel/tally";
import { houseDay } from "@/lib/throttle/day-budget";
import { windowOf } from "@/lib/throttle/send-windows";
import { consumeWindowTry } from "@/lib/throttle/windows/store";

/**
 * Consumes one notice by text message, in the caller's transaction: so many a day for one account, out of the day of the whole house.
 * False: none is left; the same notice by mail consumes nothing and always leaves.
 */
export async function consumeNotice(tx: RawCtx, userId: string): Promise<boolean> {
  const own = windowOf("notice.sms", userId);
  for (const { name, key, rule } of [own, houseDay("sms")]) {
    if ((await consumeWindowTry(tx, key, rule)) !== null) continue;
    tx.afterCommit(() => tally({ what: "counter full", counter: name }));
    return false;
  }
  return true;
}
