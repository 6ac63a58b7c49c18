import { recordEvent } from "@/lib/audit/record-event";
import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import type { Actor } from "@/lib/sessions/acting-session";
import { deleteOtherDevices } from "@/lib/sessions/devices/store";
import { endOtherSessions, endSession } from "@/lib/sessions/end-session";
import { deleteClientSessions } from "@/lib/sessions/listing/store";
import { endWaiting } from "@/lib/waiting/end-waiting";

/* What a person ends of their own accord (ASVS 5.0, 7.5.2). An ended session has no row, so it is refused at its very next request, by every portal. */

const why = "ended_by_owner";

/**
 * Ends one session of the acting person, through whichever client; the acting one too. What it asked for and still waits is stopped, also when the session itself is
 * over already. Throws `sessions.gone`, also for somebody else's: that leaves a row.
 */
export async function endSessionOf(
  ctx: Ctx,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): Promise<void> {
  const { userId, sessionId } = actor;
  const isEnded = await inShortTransaction(ctx, async (tx) => {
    await endWaiting(tx, userId, { why: "session_ended", askedIn: id });
    return endSession(tx, { sessionId: id, userId, why });
  });
  if (isEnded) return;
  await recordRefusedAccess(ctx, { name: "authz.refused", subjectId: userId, sessionId, meta: { what: "session" } });
  throw new DomainError("sessions.gone");
}

/** How much ended with it. */
export type Ended = { readonly sessions: number; readonly devices: number };

/**
 * Ends every other session of the acting person, apps' too, and forgets every other device: whoever held one is a stranger again. What waits is stopped,
 * but for what was asked for in the acting session.
 */
export function endAllOthers(ctx: Ctx, { userId, sessionId, deviceId }: Actor): Promise<Ended> {
  return inShortTransaction(ctx, async (tx) => {
    await endWaiting(tx, userId, { why: "others_ended", notAskedIn: sessionId });
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
    await endWaiting(tx, userId, { why: "session_ended", askedThrough: app });
    const count = await deleteClientSessions(tx, userId, app);
    if (count > 0)
      await recordEvent(tx, { name: "sessions.ended", subjectId: userId, sessionId, meta: { why, count, app } });
    return count;
  });
}
