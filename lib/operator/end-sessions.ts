import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { deleteOtherDevices } from "@/lib/sessions/devices/store";
import { deleteSessionByRef } from "@/lib/sessions/listing/store";
import { deleteOtherSessions } from "@/lib/sessions/store";
import { endWaiting } from "@/lib/waiting/end-waiting";

const why = "ended_by_operator";

type One = { readonly userId: string; readonly ref: string };

/** An operator ends one session of somebody, by the beginning of its id as events name it, and with it what was asked for in it and waits. False: they have no such session. */
export function endSessionOfPerson(ctx: Ctx, { userId, ref }: One): Promise<boolean> {
  return inShortTransaction(ctx, async (tx) => {
    await endWaiting(tx, userId, { why: "session_ended", askedInRef: ref });
    const ended = await deleteSessionByRef(tx, userId, ref);
    if (ended === null) return false;
    const about = { subjectId: userId, actorId: null, sessionId: ended.id };
    await recordEvent(tx, { name: "session.ended", ...about, meta: { why } });
    return true;
  });
}

/** How much ended with it. */
export type EndedForPerson = { readonly sessions: number; readonly devices: number };

/** An operator ends every session of somebody, apps' too, with whatever waits, and forgets their known devices: whoever held one is a stranger again. */
export function endAllOfPerson(ctx: Ctx, userId: string): Promise<EndedForPerson> {
  return inShortTransaction(ctx, async (tx) => {
    await endWaiting(tx, userId, { why: "others_ended" });
    const sessions = await deleteOtherSessions(tx, userId, null);
    const devices = await deleteOtherDevices(tx, userId, null);
    const about = { subjectId: userId, actorId: null };
    if (sessions > 0) await recordEvent(tx, { name: "sessions.ended", ...about, meta: { why, count: sessions } });
    if (devices > 0) await recordEvent(tx, { name: "devices.forgotten", ...about, meta: { why, count: devices } });
    return { sessions, devices };
  });
}
