import { recordEvent } from "@/lib/audit/record-event";
import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import { type Ctx, inShortTransaction, type RawCtx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import type { Actor } from "@/lib/sessions/acting-session";
import { deleteDevice } from "@/lib/sessions/devices/store";
import { withdrawTrust } from "@/lib/sessions/devices/trust/store";
import { deleteSessionByRef } from "@/lib/sessions/listing/store";
import { endWaiting } from "@/lib/waiting/end-waiting";

const why = "disowned";

/**
 * "This was not me", said in a session about another login: that session ends, with what it asked for and still waits, and its browser is known no more;
 * where it came as this very browser, a copy of which somebody must have, this one is no longer trusted. The password stays open, or whoever sits
 * before an unlocked laptop could shut its owner out; changing it is the owner's next step. `ref`: the session as events name it. Out: whether it was
 * still there. Throws `sessions.gone` for the acting one.
 */
export async function disownSession(
  ctx: Ctx,
  { actor, ref }: { readonly actor: Actor; readonly ref: string },
): Promise<boolean> {
  const { userId, sessionId } = actor;
  if (sessionId.startsWith(ref)) throw new DomainError("sessions.gone");
  const isEnded = await inShortTransaction(ctx, async (tx) => {
    await endWaiting(tx, userId, { why: "not_me", askedInRef: ref });
    const gone = await deleteSessionByRef(tx, userId, ref);
    if (!gone) return false;
    await recordEvent(tx, { name: "session.ended", subjectId: userId, sessionId: gone.id, meta: { why } });
    if (gone.deviceId !== null) await disownDevice(tx, actor, gone.deviceId);
    return true;
  });
  if (!isEnded)
    await recordRefusedAccess(ctx, { name: "authz.refused", subjectId: userId, sessionId, meta: { what: "session" } });
  return isEnded;
}

async function disownDevice(tx: RawCtx, actor: Actor, id: string): Promise<void> {
  const { userId, sessionId, deviceId } = actor;
  if (id === deviceId && (await withdrawTrust(tx, userId, id)))
    await recordEvent(tx, { name: "device.trust_withdrawn", subjectId: userId, sessionId, meta: { device: id } });
  if (id !== deviceId && (await deleteDevice(tx, id)))
    await recordEvent(tx, { name: "devices.forgotten", subjectId: userId, meta: { why, count: 1 } });
}
