import type { EventName } from "@/lib/audit/events";
import type { EventRow } from "@/lib/audit/record-event";
import { type RawCtx, sql } from "@/lib/context/context";
import { newEventPads } from "@/lib/crypto/event-mac";
import { Prisma } from "@/lib/db/client";

/** Inserts any number of events; a part of a statement, so that a transaction pays nothing more for what it tells. */
export const insertEvents = (rows: readonly EventRow[]): Prisma.Sql => Prisma.sql`
  INSERT INTO security_events (${columns}, mac) SELECT e.*, ${macByTheDatabase()}
  FROM (SELECT ${nextId}, r.at, r.name, r.result, r."actorId", r."subjectId", r."sessionRef", r."requestId", r.ip, r.agent, r.meta
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(at timestamptz, name text, result text, "actorId" text, "subjectId" text,
      "sessionRef" text, "requestId" text, ip text, agent text, meta jsonb)) AS e(${columns})`;

/** What a statement wrote about itself. */
export type OwnEvent = Pick<EventRow, "name" | "subjectId" | "sessionRef" | "meta">;

/**
 * The events of a statement that decides and writes all at once, as a part of it: one for each row of `told` (`name`, `subject_id`,
 * `session_ref`, `meta`). They are deeds: "ok" all of them. It gives them back, to be announced.
 */
export const insertOwnEvents = (ctx: RawCtx, told: Prisma.Sql): Prisma.Sql => Prisma.sql`
  INSERT INTO security_events (${columns}, mac) SELECT e.*, ${macByTheDatabase()}
  FROM (SELECT ${nextId}, ${ctx.now}::timestamptz, t.name, 'ok', t.subject_id, t.subject_id, t.session_ref, ${ctx.requestId}::text, ${ctx.visitor.ip}::text,
    ${ctx.visitor.agent}::text, t.meta FROM ${told} AS t) AS e(${columns})
  RETURNING name, subject_id AS "subjectId", session_ref AS "sessionRef", meta`;

const columns = Prisma.raw("id, at, name, result, actor_id, subject_id, session_ref, request_id, ip, agent, meta");
const nextId = Prisma.raw("nextval('security_events_id_seq')");

/** All that an event `e` says, as one text that the database alone makes: PostgreSQL writes jsonb in one form, whatever order and spaces it came with. */
export const eventText = Prisma.raw(
  "jsonb_build_array(e.id, CASE WHEN isfinite(e.at) THEN (extract(epoch FROM e.at) * 1000)::bigint END, e.name, e.result, e.actor_id, e.subject_id, e.session_ref, e.request_id, e.ip, e.agent, e.meta)::text",
);

/**
 * The nonce, and the HMAC of an event `e` under this statement's own key (RFC 2104, written out: a database without extensions has SHA-256 only). Each function by
 * its whole name, and none of them an operator: one that somebody put before the database's own would see the key.
 */
function macByTheDatabase(): Prisma.Sql {
  const { nonce, inner, outer } = newEventPads();
  const text = Prisma.sql`pg_catalog.convert_to(${eventText}, 'UTF8')`;
  const hash = (pad: string, rest: Prisma.Sql) =>
    Prisma.sql`pg_catalog.sha256(pg_catalog.byteacat(pg_catalog.decode(${pad}, 'hex'), ${rest}))`;
  return Prisma.sql`pg_catalog.byteacat(pg_catalog.decode(${nonce}, 'hex'), ${hash(outer, hash(inner, text))})`;
}

/** Was there such an event of this person, in the time for which events are kept? */
export async function wasRecorded(ctx: RawCtx, subjectId: string, name: EventName): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ was: boolean }[]>`
    SELECT EXISTS (SELECT FROM security_events WHERE subject_id = ${subjectId} AND name = ${name}) AS was`;
  return rows[0]?.was === true;
}

/** Deletes up to `limit` events, none beyond the number `upTo`. Which one that is, only a seal may say whose mark was checked. Out: how many. */
export const sweepEvents = (ctx: RawCtx, upTo: bigint, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM security_events WHERE id <= ${String(upTo)}::bigint AND id IN (SELECT id FROM security_events WHERE id > 0
    ORDER BY id LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
