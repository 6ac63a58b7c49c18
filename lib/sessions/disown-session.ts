import { recordEvent } from "@/lib/audit/record-event";
import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import { type Ctx, inShortTransaction, type RawCtx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import type { Actor } from "@/lib/sessions/acting-session";
import { deleteOwnDevice } from "@/lib/sessions/devices/listing/store";
import { withdrawTrust } from "@/lib/sessions/devices/trust/store";
import { endSessionsOn } from "@/lib/sessions/end-session";
import { deleteSessionByRef, findLoginByRef, type PastLogin } from "@/lib/sessions/listing/store";
import { endWaiting } from "@/lib/waiting/end-waiting";

const why = "disowned";

/**
 * What became of a login that its owner says was not theirs. `browser`: it is `forgotten`; it is this `own` one, trusted no longer; `none` of it is known here; or
 * it is `unknown` which, because the login is of before events named it.
 */
export type Disowned = {
  readonly login: "ended" | "over";
  readonly browser: "forgotten" | "own" | "none" | "unknown";
};

/**
 * "This was not me", said in a session about another login, whether that lives or is long over: it ends, with what it asked for and still waits, and its browser is
 * known no more, nor logged in by whatever else was opened there; where it came as this very browser, a copy of which somebody must have, this one is no longer
 * trusted. The password stays open, or whoever sits before an unlocked laptop could shut its owner out; changing it is the owner's next step. `ref`: the session as
 * events name it. Throws `sessions.gone` for the acting one, and for what is no login of this person: that leaves a row.
 */
export async function disownSession(
  ctx: Ctx,
  { actor, ref }: { readonly actor: Actor; readonly ref: string },
): Promise<Disowned> {
  const { userId, sessionId } = actor;
  if (sessionId.startsWith(ref)) throw new DomainError("sessions.gone");
  const login = await findLoginByRef(ctx, userId, ref);
  if (login === null) {
    await recordRefusedAccess(ctx, { name: "authz.refused", subjectId: userId, sessionId, meta: { what: "session" } });
    throw new DomainError("sessions.gone");
  }
  return inShortTransaction(ctx, async (tx) => {
    await endWaiting(tx, userId, { why: "not_me", askedInRef: ref });
    const { deviceId } = login;
    if (deviceId !== null && deviceId !== actor.deviceId)
      await endWaiting(tx, userId, { why: "not_me", askedOn: deviceId });
    const ended = await deleteSessionByRef(tx, userId, ref);
    if (ended?.isLive)
      await recordEvent(tx, { name: "session.ended", subjectId: userId, sessionId: ended.id, meta: { why } });
    return { login: ended?.isLive ? "ended" : "over", browser: await disownBrowser(tx, actor, login) };
  });
}

async function disownBrowser(
  tx: RawCtx,
  actor: Actor,
  { deviceId: id, isOnRecord }: PastLogin,
): Promise<Disowned["browser"]> {
  const { userId, sessionId, deviceId } = actor;
  if (id === null) return isOnRecord ? "none" : "unknown";
  await endSessionsOn(tx, { userId, deviceId: id, exceptId: sessionId, why });
  if (id === deviceId) {
    if (await withdrawTrust(tx, userId, id))
      await recordEvent(tx, { name: "device.trust_withdrawn", subjectId: userId, sessionId, meta: { device: id } });
    return "own";
  }
  if (!(await deleteOwnDevice(tx, userId, id))) return "none";
  await recordEvent(tx, { name: "devices.forgotten", subjectId: userId, meta: { why, count: 1 } });
  return "forgotten";
}
