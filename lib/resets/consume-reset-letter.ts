import type { Ctx } from "@/lib/context/context";
import { noticeBudget } from "@/lib/notices/notice-budget";
import { consumeAllWindows } from "@/lib/throttle/consume-all-windows";
import { claimedDay, houseDay } from "@/lib/throttle/day-budget";
import { windowOf } from "@/lib/throttle/send-windows";
import { consumeWindowTry } from "@/lib/throttle/windows/store";

type Asking = { readonly userId: string; readonly deviceId: string | null };

/**
 * Consumes one letter about a forgotten password: five an hour for the account, out of what strangers may have of the day of the whole house. An owner on a known
 * device has two more a day, which nobody else can use up. False: none is left. In the caller's transaction.
 */
export async function consumeResetLetter(tx: Ctx, { userId, deviceId }: Asking): Promise<boolean> {
  const reserve = windowOf("reset.reserve", userId);
  const house = houseDay("mail");
  const isOpen = await consumeAllWindows(tx, [windowOf("reset.account", userId), claimedDay(house), house]);
  await noticeBudget(tx, "mail");
  return isOpen || (deviceId !== null && (await consumeWindowTry(tx, reserve.key, reserve.rule)) !== null);
}
