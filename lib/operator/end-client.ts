import { killChallengesOf } from "@/lib/challenge/store";
import type { RawCtx } from "@/lib/context/context";
import { deleteSessionsOf } from "@/lib/sessions/store";

/**
 * Ends the logins that are under way through an app, then its sessions: in this order and in two statements, because a login that is just being
 * claimed holds its challenge, and whoever waits for it here sees the session that it opened. Out: how many sessions had not expired.
 */
export async function endClient(tx: RawCtx, appId: string): Promise<number> {
  await killChallengesOf(tx, appId);
  return deleteSessionsOf(tx, appId);
}
