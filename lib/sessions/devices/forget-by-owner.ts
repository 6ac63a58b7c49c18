import { recordEvent } from "@/lib/audit/record-event";
import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import type { Actor } from "@/lib/sessions/acting-session";
import { deleteOwnDevice } from "@/lib/sessions/devices/listing/store";
import { deleteOtherDevices } from "@/lib/sessions/devices/store";

const why = "forgotten_by_owner";

/**
 * Forgets one known device of the acting person, this one too: whoever sits there is a stranger at their next login. A session that is open there goes on.
 * Throws `devices.gone`, also for somebody else's: that leaves a row.
 */
export async function forgetDeviceOf(
  ctx: Ctx,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): Promise<void> {
  const { userId, sessionId } = actor;
  const isForgotten = await inShortTransaction(ctx, async (tx) => {
    if (!(await deleteOwnDevice(tx, userId, id))) return false;
    await recordEvent(tx, { name: "devices.forgotten", subjectId: userId, sessionId, meta: { why, count: 1 } });
    return true;
  });
  if (!isForgotten) throw await goneDevice(ctx, actor);
}

/** What is said of a device that is not this person's, or not there: the same for both, and it leaves a row. */
export async function goneDevice(ctx: Ctx, { userId, sessionId }: Actor): Promise<DomainError> {
  await recordRefusedAccess(ctx, { name: "authz.refused", subjectId: userId, sessionId, meta: { what: "device" } });
  return new DomainError("devices.gone");
}

/** Forgets every known device of the acting person but the one that they use. Out: how many. */
export function forgetOtherDevices(ctx: Ctx, { userId, sessionId, deviceId }: Actor): Promise<number> {
  return inShortTransaction(ctx, async (tx) => {
    const count = await deleteOtherDevices(tx, userId, deviceId);
    if (count > 0)
      await recordEvent(tx, { name: "devices.forgotten", subjectId: userId, sessionId, meta: { why, count } });
    return count;
  });
}
