import type { EventRow } from "@/lib/audit/record-event";
import { type RawCtx, sql } from "@/lib/context/context";

/** Inserts any number of events with one statement, so that a transaction pays one round trip for all it tells. */
export async function insertEvents(ctx: RawCtx, rows: readonly EventRow[]): Promise<void> {
  await sql(ctx).$executeRaw`
    INSERT INTO security_events (at, name, result, actor_id, subject_id, session_ref, request_id, ip, agent, meta)
    SELECT e.at, e.name, e.result, e."actorId", e."subjectId", e."sessionRef", e."requestId", e.ip, e.agent, e.meta
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS e(at timestamptz, name text, result text, "actorId" text, "subjectId" text,
      "sessionRef" text, "requestId" text, ip text, agent text, meta jsonb)`;
}
