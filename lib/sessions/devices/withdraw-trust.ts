import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import type { Actor } from "@/lib/sessions/acting-session";
import { goneDevice } from "@/lib/sessions/devices/forget-by-owner";
import { withdrawTrust } from "@/lib/sessions/devices/trust/store";

/**
 * The second step is asked again on one device of the acting person, at its next login; it stays known. It only takes away, so no fresh proof is asked.
 * Throws `devices.gone`, also for somebody else's: that leaves a row.
 */
export async function withdrawTrustOf(
  ctx: Ctx,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): Promise<void> {
  const { userId, sessionId } = actor;
  const isDone = await inShortTransaction(ctx, async (tx) => {
    if (!(await withdrawTrust(tx, userId, id))) return false;
    await recordEvent(tx, { name: "device.trust_withdrawn", subjectId: userId, sessionId, meta: { device: id } });
    return true;
  });
  if (!isDone) throw await goneDevice(ctx, actor);
}
