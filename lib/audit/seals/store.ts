import type { Seal } from "@/lib/audit/seals/seal";
import { eventText } from "@/lib/audit/store";
import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma, type RawDb } from "@/lib/db/client";

type SealRow = Omit<Seal, "number" | "lastId"> & { readonly number: string; readonly lastId: string };

/** A moment that a calendar has: whoever writes by hand may have written another, which is no seal's. */
const moment = (column: string) => `LEAST(GREATEST(${column}, 'epoch'::timestamptz), '9999-12-31Z'::timestamptz)`;

const sealColumns = Prisma.raw(
  `number::text AS number, last_id::text AS "lastId", events, unsigned, ${moment("first_at")} AS "firstAt", ${moment("last_at")} AS "lastAt",
   ${moment("made_at")} AS "madeAt", digest, mac, swept_mac AS "sweptMac"`,
);

const asSeal = ({ number, lastId, ...row }: SealRow): Seal => ({
  ...row,
  number: BigInt(number),
  lastId: BigInt(lastId),
});

/** The next seals after the number `after`, in their order. */
export async function listSeals(db: RawDb, after: bigint, limit: number): Promise<Seal[]> {
  const rows = await db.$queryRaw<SealRow[]>`
    SELECT ${sealColumns} FROM event_seals s WHERE s.number > ${String(after)}::bigint ORDER BY s.number LIMIT ${limit}::int`;
  return rows.map(asSeal);
}

/** The newest seals, the newest first. */
export async function listNewestSeals(db: RawDb, limit: number): Promise<Seal[]> {
  const rows = await db.$queryRaw<
    SealRow[]
  >`SELECT ${sealColumns} FROM event_seals s ORDER BY s.number DESC LIMIT ${limit}::int`;
  return rows.map(asSeal);
}

export const findNewestSeal = async (db: RawDb): Promise<Seal | null> => (await listNewestSeals(db, 1))[0] ?? null;

export async function findSeal(db: RawDb, number: bigint): Promise<Seal | null> {
  const rows = await db.$queryRaw<
    SealRow[]
  >`SELECT ${sealColumns} FROM event_seals s WHERE s.number = ${String(number)}::bigint`;
  return rows.map(asSeal)[0] ?? null;
}

/** The newest of the seals that were made at `moment` or before. */
export async function findSealMadeBy(db: RawDb, moment: Date): Promise<Seal | null> {
  const rows = await db.$queryRaw<
    SealRow[]
  >`SELECT ${sealColumns} FROM event_seals s WHERE s.made_at <= ${moment}::timestamptz ORDER BY s.number DESC LIMIT 1`;
  return rows.map(asSeal)[0] ?? null;
}

/** The newest seal that says that everything up to it was swept. */
export async function findSwept(db: RawDb): Promise<Seal | null> {
  const rows = await db.$queryRaw<SealRow[]>`
    SELECT ${sealColumns} FROM event_seals s WHERE s.swept_mac IS NOT NULL ORDER BY s.number DESC LIMIT 1`;
  return rows.map(asSeal)[0] ?? null;
}

/** Stores a seal; false when somebody was first with one of its number: theirs counts. */
export async function insertSeal(ctx: RawCtx, seal: Omit<Seal, "sweptMac">): Promise<boolean> {
  const { number, lastId, events, unsigned, firstAt, lastAt, madeAt, digest, mac } = seal;
  const inserted = await sql(ctx).$executeRaw`
    INSERT INTO event_seals (number, last_id, events, unsigned, first_at, last_at, made_at, digest, mac)
    VALUES (${String(number)}::bigint, ${String(lastId)}::bigint, ${events}::int, ${unsigned}::int, ${firstAt}::timestamptz, ${lastAt}::timestamptz, ${madeAt}::timestamptz,
      ${digest}, ${mac}) ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

/** An event with the text that its HMAC is made of. `mac`: null where an older version wrote it. */
export type SignedEvent = { readonly id: bigint; readonly text: string; readonly mac: Uint8Array | null };

/** The highest number that the database can hold, whoever wrote it. */
export const highest = 2n ** 63n - 1n;

type EventRow = { readonly id: string; readonly text: string; readonly mac: Uint8Array | null };
const asEvent = ({ id, ...row }: EventRow): SignedEvent => ({ ...row, id: BigInt(id) });
const signed = Prisma.sql`SELECT e.id::text AS id, ${eventText} AS text, e.mac FROM security_events e`;

/**
 * The next events after the id `after`, in the order of their ids. The database is not told where to end: with both ends and no statistics, as after a restore,
 * it takes the stretch for a short one, and reads and sorts all that is left for each page.
 */
export async function listSignedEvents(db: RawDb, after: bigint, limit: number): Promise<SignedEvent[]> {
  const rows = await db.$queryRaw<
    EventRow[]
  >`${signed} WHERE e.id > ${String(after)}::bigint ORDER BY e.id LIMIT ${limit}::int`;
  return rows.map(asEvent);
}

/** The events before the id `before`, the newest first; the database is not told where to end here either. */
export async function listSignedBefore(db: RawDb, before: bigint, limit: number): Promise<SignedEvent[]> {
  const rows = await db.$queryRaw<
    EventRow[]
  >`${signed} WHERE e.id < ${String(before)}::bigint ORDER BY e.id DESC LIMIT ${limit}::int`;
  return rows.map(asEvent);
}

/** Events below the first number, where none can be. */
export async function listBelow(db: RawDb, limit: number): Promise<SignedEvent[]> {
  const rows = await db.$queryRaw<EventRow[]>`${signed} WHERE e.id <= 0 ORDER BY e.id LIMIT ${limit}::int`;
  return rows.map(asEvent);
}

/** `given`: the last number that the sequence gave to an event. `last`: the newest event that has one of those; null: there is none. `astray`: one that has another. `inOrder`:
 * numbers are given one by one, so that whoever begins to write later has a later one; not where each connection is handed many at once (CACHE). */
export type Numbers = {
  readonly given: bigint;
  readonly last: bigint | null;
  readonly astray: bigint | null;
  readonly inOrder: boolean;
};

const given = Prisma.raw("(SELECT COALESCE(pg_sequence_last_value('security_events_id_seq'::regclass), 0))");

/** From now on numbers are given beyond `to`. */
export async function raiseGiven(ctx: RawCtx, to: bigint): Promise<void> {
  await sql(ctx).$queryRaw`SELECT setval('security_events_id_seq', GREATEST(${given}, ${String(to)}::bigint))::text`;
}

/** In one statement: whatever event it sees has its number from before. */
export async function readNumbers(db: RawDb): Promise<Numbers> {
  const rows = await db.$queryRaw<{ given: string; last: string | null; astray: string | null; inOrder: boolean }[]>`
    SELECT (SELECT seqcache = 1 FROM pg_sequence WHERE seqrelid = 'security_events_id_seq'::regclass) AS "inOrder", ${given}::text AS given, (SELECT id FROM security_events WHERE id <= ${given} ORDER BY id DESC LIMIT 1)::text AS last,
      COALESCE((SELECT min(id) FROM security_events WHERE id <= 0), (SELECT min(id) FROM security_events WHERE id > ${given}))::text AS astray`;
  const [row] = rows;
  const asId = (id: string | null | undefined) => (typeof id === "string" ? BigInt(id) : null);
  const last = asId(row?.last);
  return {
    given: asId(row?.given) ?? 0n,
    last: last !== null && last > 0n ? last : null,
    astray: asId(row?.astray),
    inOrder: row?.inOrder === true,
  };
}

/** Whether events wait for the sweeper, none beyond the number `upTo`. */
export async function hasEventsUpTo(db: RawDb, upTo: bigint): Promise<boolean> {
  const rows = await db.$queryRaw<{ has: boolean }[]>`
    SELECT COALESCE((SELECT id FROM security_events WHERE id > 0 ORDER BY id LIMIT 1) <= ${String(upTo)}::bigint, false) AS has`;
  return rows[0]?.has === true;
}

/** `seal`: the number of the newest one; null: there is none. `since`: what the oldest event that waits for the next one says when it was; null: none waits. */
export type Unsealed = { readonly seal: bigint | null; readonly since: Date | null };

/** Whether events wait for their seal. */
export async function findUnsealed(db: RawDb): Promise<Unsealed> {
  const rows = await db.$queryRaw<{ seal: string | null; since: Date | null }[]>`
    SELECT s.number::text AS seal, e.at AS since FROM (SELECT) AS always
    LEFT JOIN (SELECT number, last_id FROM event_seals ORDER BY number DESC LIMIT 1) AS s ON true
    LEFT JOIN LATERAL (SELECT ${Prisma.raw(moment("at"))} AS at FROM security_events WHERE id > COALESCE(s.last_id, 0) ORDER BY id LIMIT 1) AS e ON true`;
  const { seal = null, since = null } = rows[0] ?? {};
  return { seal: seal === null ? null : BigInt(seal), since };
}

const writes = Prisma.raw(
  `l.locktype = 'relation' AND l.relation = 'security_events'::regclass AND l.mode = 'RowExclusiveLock' AND l.granted
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
);

/** Who is writing events at this moment, by the names that the database gives to transactions. Each holds this lock before its first id until its end. */
export async function listWriters(db: RawDb): Promise<string[]> {
  const rows = await db.$queryRaw<
    { name: string }[]
  >`SELECT DISTINCT l.virtualtransaction AS name FROM pg_locks l WHERE ${writes}`;
  return rows.map(({ name }) => name);
}

/** Says of a seal that everything up to it may be swept. */
export async function markSwept(
  ctx: RawCtx,
  { number, mac }: Pick<Seal, "number" | "mac">,
  sweptMac: string,
): Promise<void> {
  await sql(ctx)
    .$executeRaw`UPDATE event_seals SET swept_mac = ${sweptMac} WHERE number = ${String(number)}::bigint AND mac = ${mac}`;
}

/** Deletes up to `limit` seals from before the number `before`. Which one that is, nobody but `findBeginning` may say. Out: how many. */
export const sweepSeals = (ctx: RawCtx, before: bigint, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM event_seals WHERE number IN (SELECT number FROM event_seals WHERE number < ${String(before)}::bigint
    ORDER BY number LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;

/** The events with which the portal said that it was set back by a restore, after `moment`. */
export async function listRestores(db: RawDb, moment: Date): Promise<SignedEvent[]> {
  const rows = await db.$queryRaw<{ id: string; text: string; mac: Uint8Array | null }[]>`
    SELECT e.id::text AS id, ${eventText} AS text, e.mac FROM security_events e WHERE e.at > ${moment}::timestamptz AND e.name = 'portal.restored'`;
  return rows.map(({ id, text, mac }) => ({ id: BigInt(id), text, mac }));
}
