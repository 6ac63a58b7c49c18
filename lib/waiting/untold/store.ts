import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { changeUntold } from "@/lib/notices/kinds/change-untold";

/** The letters by which administrators hear of a change of which nobody could be told: they are written at the moment of its event `e`. */
const reports = Prisma.sql`letters l WHERE l.kind = ${changeUntold.kind} AND l.created_at = e.at`;

/** How many changes wait of which nobody has been told: when their wait began no letter could tell their owner, and none to an administrator has left since. */
export async function countUntold(ctx: RawCtx): Promise<number> {
  const [row] = await sql(ctx).$queryRaw<{ untold: number }[]>`
    SELECT count(*)::int AS untold FROM pending_changes p WHERE p.state = 'WAITING' AND p.due_at IS NOT NULL AND EXISTS (
      SELECT FROM security_events e WHERE e.subject_id = p.user_id AND e.name = 'pending.untold' AND e.meta->>'change' = p.id
        AND NOT EXISTS (SELECT FROM ${reports} AND l.sent_at IS NOT NULL))`;
  return row?.untold ?? 0;
}

/** How many such changes were done, with the account or without it, while a letter to an administrator still waits to leave. */
export async function countDoneUntold(ctx: RawCtx): Promise<number> {
  const [row] = await sql(ctx).$queryRaw<{ done: number }[]>`
    SELECT count(*)::int AS done FROM security_events e LEFT JOIN pending_changes p ON p.id = e.meta->>'change'
    WHERE e.name = 'pending.untold' AND e.at = ANY(ARRAY(SELECT created_at FROM letters
        WHERE kind = ${changeUntold.kind} AND sent_at IS NULL AND parked_at IS NULL AND expires_at > ${ctx.now}))
      AND (p.id IS NULL OR p.state = 'DONE') AND NOT EXISTS (SELECT FROM ${reports} AND l.sent_at IS NOT NULL)`;
  return row?.done ?? 0;
}
