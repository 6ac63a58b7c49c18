import { type ActivityFilter, causedFromOutside, namesOf } from "@/lib/account/activity/sentences";
import { consumedFrom, whose } from "@/lib/audit/whose";
import { type RawCtx, sql } from "@/lib/context/context";
import { commandAgent } from "@/lib/context/device-name";
import { Prisma } from "@/lib/db/client";

/** A line of somebody's activity: one event, or equal ones of strangers within an hour. */
export type ActivityRow = {
  readonly id: string;
  readonly at: Date;
  readonly name: string;
  readonly result: "ok" | "refused" | "failed";
  /** An administrator did it. */
  readonly byOther: boolean;
  readonly sessionRef: string | null;
  readonly ip: string;
  readonly agent: string;
  readonly meta: Readonly<Record<string, unknown>>;
  /** How many events the line stands for, from how many addresses. */
  readonly count: number;
  readonly places: number;
  /** There may be more of them than this page has read. */
  readonly isCut: boolean;
};

/** Where a page begins: behind the last event of the page before. */
export type ActivityPlace = { readonly at: Date; readonly id: string };

type Asked = {
  readonly userId: string;
  readonly filter: ActivityFilter;
  readonly before: ActivityPlace | null;
  /** So many events are read, however few lines they make: a page costs the same for whoever was attacked all night. */
  readonly read: number;
};

/** What somebody outside a session can bring about: but for a known device, whose tries are counted apart, and for a step-up, which a session begins. */
const ofStrangers = Prisma.sql`(s.name = ANY(${[...causedFromOutside]}::text[]) AND s.meta->>${whose}::text IS DISTINCT FROM ${consumedFrom("device")[whose]}
  AND s.meta->>'purpose' IS DISTINCT FROM 'STEP_UP')`;

/**
 * The newest events of a person, told in lines. Each sort of event is read by itself, by the index that begins with whose it is and what: however many of one sort
 * there are, none is read that the page does not show. What is a range of one and leads the order, because no other index has that order: by the moments alone
 * the planner would walk through all events of a small house for each sort that there is none of. What strangers were refused or could cause is one line for each sort and hour, however often it came. Out: the
 * lines, the newest first, and the place of the oldest event that was read; null when there is nothing older.
 */
export async function listActivity(
  ctx: RawCtx,
  { userId, filter, before, read }: Asked,
): Promise<{ readonly rows: readonly ActivityRow[]; readonly last: ActivityPlace | null }> {
  const upTo = before
    ? Prisma.sql`(s.name, s.at, s.id) < (shown.name, ${before.at}::timestamptz, ${before.id}::bigint)`
    : Prisma.sql`s.name <= shown.name`;
  const refused = filter === "refused" ? Prisma.sql`AND s.result <> 'ok'` : Prisma.empty;
  const rows = await sql(ctx).$queryRaw<Read[]>`
    WITH read AS MATERIALIZED (
      SELECT e.* FROM unnest(${[...namesOf(filter)]}::text[]) AS shown (name) CROSS JOIN LATERAL (
        SELECT s.id, s.at, s.name, s.result, ${isByOther(userId)} AS by_other, s.session_ref, s.ip, s.agent, s.meta,
          CASE WHEN s.session_ref IS NULL AND (s.result = 'refused' OR ${ofStrangers}) THEN 0 ELSE s.id END AS own
        FROM security_events s WHERE s.subject_id = ${userId} AND s.name >= shown.name AND ${upTo} ${refused}
        ORDER BY s.name DESC, s.at DESC, s.id DESC LIMIT ${read}::int) AS e
      ORDER BY e.at DESC, e.id DESC LIMIT ${read}::int),
    whole AS (SELECT count(*) AS events, min((extract(epoch FROM at) * 1000)::bigint) FILTER (WHERE place = 1) AS "lastAt",
      min(id) FILTER (WHERE place = 1) AS "lastId" FROM (SELECT at, id, row_number() OVER (ORDER BY at, id) AS place FROM read) AS placed),
    lines AS (
      SELECT DISTINCT ON (name, own, date_trunc('hour', at), meta->>'kind') id, at, name, result, own, by_other, session_ref, ip, agent, meta,
        count(*) OVER same AS count, bool_or(id = "lastId") OVER same AS last FROM read, whole
      WINDOW same AS (PARTITION BY name, own, date_trunc('hour', at), meta->>'kind')
      ORDER BY name, own, date_trunc('hour', at), meta->>'kind', at DESC, id DESC)
    SELECT l.id::text AS id, l.at, l.name, l.result, l.by_other AS "byOther",
      l.session_ref AS "sessionRef", l.ip, l.agent, l.meta, l.count::int AS count, l.own = 0 AND l.last AND w.events = ${read}::int AS "isCut",
      (SELECT count(DISTINCT r.ip)::int FROM read r WHERE l.count > 1 AND r.name = l.name AND r.own = 0 AND r.meta->>'kind' IS NOT DISTINCT FROM l.meta->>'kind'
        AND date_trunc('hour', r.at) = date_trunc('hour', l.at)) AS places,
      w.events::int AS events, w."lastAt"::float8 AS "lastAt", w."lastId"::text AS "lastId"
    FROM lines l, whole w ORDER BY l.at DESC, l.id DESC`;
  const [first] = rows;
  const hasMore = first !== undefined && first.events === read;
  return {
    rows: rows.map(({ events: _, lastAt: __, lastId: ___, ...row }) => row),
    last: hasMore ? { at: new Date(first.lastAt), id: first.lastId } : null,
  };
}

/**
 * Whether an administrator did what the event `s` tells: somebody else's account, or the operator's command line, whose user is no account. That one serves no request and says so of itself; a browser
 * that calls itself so is written down under another name (`lib/web/visitor.ts`), also where its change waits and is done without a request.
 */
export const isByOther = (userId: string): Prisma.Sql => Prisma.sql`
  (COALESCE(s.actor_id <> ${userId}, false) OR s.request_id IS NULL AND s.agent = ${commandAgent} AND s.ip = '127.0.0.1')`;

type Read = ActivityRow & { readonly events: number; readonly lastAt: number; readonly lastId: string };
