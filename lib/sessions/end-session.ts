import { recordEvent, recordRefused } from "@/lib/audit/record-event";
import { type Ctx, inShortTransaction, type RawCtx } from "@/lib/context/context";
import { deleteOtherSessions, deleteSession, deleteSessionsOn } from "@/lib/sessions/store";

type Ending = {
  readonly sessionId: string;
  readonly userId: string;
  readonly why: "logged_out" | "logged_in_again" | "ended_by_owner";
};

/** Ends one session for good: its row goes. Doing it twice is no error. True for the one caller who ended it. */
export function endSession(ctx: RawCtx, { sessionId, userId, why }: Ending): Promise<boolean> {
  return inShortTransaction(ctx, async (tx) => {
    if (!(await deleteSession(tx, sessionId, userId))) return false;
    await recordEvent(tx, { name: "session.ended", subjectId: userId, sessionId, meta: { why } });
    return true;
  });
}

type EndingRefused = Omit<Ending, "why"> & { readonly why: "step_up_failed" | "wrong_password" };

/** Ends a session after wrong answers: it is over also when that cannot be recorded. */
export async function endRefusedSession(ctx: Ctx, { sessionId, userId, why }: EndingRefused): Promise<void> {
  if (!(await deleteSession(ctx, sessionId, userId))) return;
  await recordRefused(ctx, { name: "session.ended", subjectId: userId, sessionId, meta: { why } });
}

/** Ends every session of a person but the acting one. Out: how many live ones ended. */
export async function endOtherSessions(
  ctx: RawCtx,
  userId: string,
  exceptId: string | null,
  why: string,
): Promise<number> {
  const count = await deleteOtherSessions(ctx, userId, exceptId);
  if (count > 0) await recordEvent(ctx, { name: "sessions.ended", subjectId: userId, meta: { why, count } });
  return count;
}

type EndingOn = {
  readonly userId: string;
  readonly deviceId: string;
  /** The one that stays, if any. */
  readonly exceptId: string | null;
  readonly why: string;
};

/** Ends what was opened on one device. */
export async function endSessionsOn(ctx: RawCtx, { userId, why, ...which }: EndingOn): Promise<void> {
  const count = await deleteSessionsOn(ctx, { userId, ...which });
  if (count > 0) await recordEvent(ctx, { name: "sessions.ended", subjectId: userId, meta: { why, count } });
}
