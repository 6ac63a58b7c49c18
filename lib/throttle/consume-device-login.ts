import { recordRefused } from "@/lib/audit/record-event";
import { consumedFrom } from "@/lib/audit/whose";
import type { Ctx } from "@/lib/context/context";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { bucketKey } from "@/lib/throttle/bucket";
import { refusal } from "@/lib/throttle/consume-try";
import { type ConsumedInWindow, claimFirstRefusal, consumeWindowTry } from "@/lib/throttle/windows/store";

type Knocking = { readonly deviceId: string; readonly userId: string };

/**
 * Consumes one login on a known device, in the place of its network's windows: strangers behind the same address, or in the same network,
 * cannot use these up. A right password refunds nothing here. Throws `throttle.too_many`; the first refusal of a window is recorded.
 * Out: of which window, so that a fault of ours can refund it.
 */
export async function consumeDeviceLogin(ctx: Ctx, { deviceId, userId }: Knocking): Promise<ConsumedInWindow> {
  const key = bucketKey("login.device", deviceId);
  const consumed = await consumeWindowTry(ctx, key, throttleRules["login.device"]);
  if (consumed) return consumed;
  const meta = { ...consumedFrom("device"), known: true };
  if (await claimFirstRefusal(ctx, key))
    await recordRefused(ctx, { name: "login.throttled", subjectId: userId, actorId: null, meta });
  throw await refusal(ctx, "login.device", key);
}
