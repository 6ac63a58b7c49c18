import type { Ctx } from "@/lib/context/context";
import { restampDevice } from "@/lib/devices/store";
import { endOtherSessions } from "@/lib/sessions/end-session";
import { restampSession } from "@/lib/sessions/store";

/** The person who changes their own factors, and the session in which they do. */
export type Actor = {
  readonly userId: string;
  readonly email: string;
  readonly isAdmin: boolean;
  readonly sessionId: string;
  readonly deviceId: string | null;
  readonly credentialVersion: number;
};

/** After the security stamp rose: the acting session and device live on under it, every other session ends. Out: how many did. */
export async function keepOnlyActing(tx: Ctx, actor: Actor, version: number, why: string): Promise<number> {
  await restampSession(tx, actor.sessionId, actor.userId, version);
  if (actor.deviceId !== null) await restampDevice(tx, actor.deviceId, actor.userId, version);
  return endOtherSessions(tx, actor.userId, actor.sessionId, why);
}
