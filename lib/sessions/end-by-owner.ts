import { recordEvent } from "@/lib/audit/record-event";
import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import type { Actor } from "@/lib/sessions/acting-session";
import { deleteOtherDevices } from "@/lib/sessions/devices/store";
import { endOtherSessions, endSession } from "@/lib/sessions/end-session";
import { deleteClientSessions } from "@/lib/sessions/listing/store";

/* What a person ends of their own accord (ASVS 5.0, 7.5.2). An ended session has no row, so it is refused at its very next request, by every portal. */

const why = "ended_by_owner";

/**
 * Ends one session of the acting person, through whichever client; the acting one too. Throws `sessions.gone`, also for somebody else's: that leaves a row.
 */
export async function endSessionOf(
  ctx: Ctx,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): Promise<void> {
  const { userId, sessionId } = actor;
  if (await endSession(ctx, { sessionId: id, userId, why })) return;
  await recordRefusedAccess(ctx, { name: "authz.refused", subjectId: userId, sessionId, meta: { what: "session" } });
  throw new DomainError("sessions.gone");
}

/** How much ended with it. */
export type Ended = { readonly sessions: number; readonly devices: number };

/** Ends every other session of the acting person, apps' too, and forgets every other device: whoever held one is a stranger again. */
export function endAllOthers(ctx: Ctx, { userId, sessionId, deviceId }: Actor): Promise<Ended> {
  return inShortTransaction(ctx, async (tx) => {
    const sessions = await endOtherSessions(tx, userId, sessionId, why);
    const devices = await deleteOtherDevices(tx, userId, deviceId);
    if (devices > 0)
      await recordEvent(tx, { name: "devices.forgotten", subjectId: userId, sessionId, meta: { why, count: devices } });
    return { sessions, devices };
  });
}

/** Withdraws from an app what it has: every session of the acting person through it. Out: how many live ones ended. */
export function withdrawApp(
  ctx: Ctx,
  { actor, app }: { readonly actor: Actor; readonly app: string },
): Promise<number> {
  const { userId, sessionId } = actor;
  return inShortTransaction(ctx, async (tx) => {
    const count = await deleteClientSessions(tx, userId, app);
    if (count > 0)
      await recordEvent(tx, { name: "sessions.ended", subjectId: userId, sessionId, meta: { why, count, app } });
    return count;
  });
}
