import type { EventRow } from "@/lib/audit/record-event";
import type { Ctx } from "@/lib/context/context";

export async function insertEvent(ctx: Ctx, row: EventRow): Promise<void> {
  await ctx.db.$executeRaw`
    INSERT INTO security_events (at, name, result, actor_id, subject_id, session_ref, request_id, ip, agent, meta)
    VALUES (${row.at}, ${row.name}, ${row.result}, ${row.actorId}, ${row.subjectId}, ${row.sessionRef},
            ${row.requestId}, ${row.ip}, ${row.agent}, ${JSON.stringify(row.meta)}::jsonb)`;
}
