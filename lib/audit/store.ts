import type { EventRow } from "@/lib/audit/record-event";
import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { earlier } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** Inserts any number of events; a part of a statement, so that a transaction pays nothing more for what it tells. */
export const insertEvents = (rows: readonly EventRow[]): Prisma.Sql => Prisma.sql`
  INSERT INTO security_events (at, name, result, actor_id, subject_id, session_ref, request_id, ip, agent, meta)
  SELECT e.at, e.name, e.result, e."actorId", e."subjectId", e."sessionRef", e."requestId", e.ip, e.agent, e.meta
  FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS e(at timestamptz, name text, result text, "actorId" text, "subjectId" text,
    "sessionRef" text, "requestId" text, ip text, agent text, meta jsonb)`;

/** What a statement wrote about itself. */
export type OwnEvent = Pick<EventRow, "name" | "subjectId" | "sessionRef" | "meta">;

/**
 * The events of a statement that decides and writes all at once, as a part of it: one for each row of `told` (`name`, `subject_id`,
 * `session_ref`, `meta`). They are deeds: "ok" all of them. It gives them back, to be announced.
 */
export const insertOwnEvents = (ctx: RawCtx, told: Prisma.Sql): Prisma.Sql => Prisma.sql`
  INSERT INTO security_events (at, name, result, actor_id, subject_id, session_ref, request_id, ip, agent, meta)
  SELECT ${ctx.now}::timestamptz, t.name, 'ok', t.subject_id, t.subject_id, t.session_ref, ${ctx.requestId}, ${ctx.visitor.ip}, ${ctx.visitor.agent}, t.meta
  FROM ${told} AS t RETURNING name, subject_id AS "subjectId", session_ref AS "sessionRef", meta`;

/** Deletes up to `limit` events that are older than they are kept for. Out: how many. */
export const sweepEvents = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM security_events WHERE id IN (SELECT id FROM security_events WHERE at < ${earlier(ctx.now, policy.retention.events)}
    LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
