import { recordRefused } from "@/lib/audit/record-event";
import { paidFrom } from "@/lib/audit/whose";
import type { Ctx } from "@/lib/context/context";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { refusal } from "@/lib/throttle/spend-try";
import { bucketKey, type CountedInWindow, claimFirstRefusal, countWindowTry } from "@/lib/throttle/store";

type Knocking = { readonly deviceId: string; readonly userId: string };

/**
 * Pays for one login on a known device, in the place of its network's windows: strangers behind the same address, or in the same network,
 * cannot use these up. A right password gives nothing back here. Throws `throttle.too_many`; the first refusal of a window is recorded.
 * Out: what paid, so that a fault of ours can give it back.
 */
export async function spendDeviceLogin(ctx: Ctx, { deviceId, userId }: Knocking): Promise<CountedInWindow> {
  const key = bucketKey("login.device", deviceId);
  const paid = await countWindowTry(ctx, key, throttleRules["login.device"]);
  if (paid) return paid;
  const meta = { ...paidFrom("device"), known: true };
  if (await claimFirstRefusal(ctx, key))
    await recordRefused(ctx, { name: "login.throttled", subjectId: userId, actorId: null, meta });
  throw await refusal(ctx, "login.device", key);
}
