import { type RawCtx, sql } from "@/lib/context/context";
import type { EndedRow } from "@/lib/waiting/store";

/**
 * After a restore: WAITING → REFUSED, of all that waits. What was stopped since the backup would wait again, and what was done would be done twice. `why`: the id of
 * the sentence that says so. Out: those that ended by it.
 */
export const refuseAllWaiting = (ctx: RawCtx, why: string): Promise<EndedRow[]> => sql(ctx).$queryRaw<EndedRow[]>`
  UPDATE pending_changes SET state = 'REFUSED', why = ${why}, ended_at = ${ctx.now}, data = NULL
  WHERE state = 'WAITING' RETURNING id, user_id AS "userId", kind`;
