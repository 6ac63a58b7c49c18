import type { Seal } from "@/lib/audit/seals/seal";
import { eventText } from "@/lib/audit/store";
import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma, type RawDb } from "@/lib/db/client";

type SealRow = Omit<Seal, "number" | "lastId"> & { readonly number: string; readonly lastId: string };

const sealColumns = Prisma.raw(
  `number::text AS number, last_id::text AS "lastId", events, unsigned, first_at AS "firstAt", last_at AS "lastAt", made_at AS "madeAt", digest, mac,
   swept_mac AS "sweptMac"`,
);

const asSeal = ({ number, lastId, ...row }: SealRow): Seal => ({
  ...row,
  number: Number(number),
  lastId: Number(lastId),
});

/** The next seals after the number `after`, in their order. */
export async function listSeals(db: RawDb, after: number, limit: number): Promise<Seal[]> {
  const rows = await db.$queryRaw<SealRow[]>`
    SELECT ${sealColumns} FROM event_seals s WHERE s.number > ${after}::bigint ORDER BY s.number LIMIT ${limit}::int`;
  return rows.map(asSeal);
}

export async function findNewestSeal(db: RawDb): Promise<Seal | null> {
  const rows = await db.$queryRaw<SealRow[]>`SELECT ${sealColumns} FROM event_seals s ORDER BY s.number DESC LIMIT 1`;
  return rows.map(asSeal)[0] ?? null;
}

export async function findSeal(db: RawDb, number: number): Promise<Seal | null> {
  const rows = await db.$queryRaw<
    SealRow[]
  >`SELECT ${sealColumns} FROM event_seals s WHERE s.number = ${number}::bigint`;
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
    VALUES (${number}::bigint, ${lastId}::bigint, ${events}::int, ${unsigned}::int, ${firstAt}::timestamptz, ${lastAt}::timestamptz, ${madeAt}::timestamptz,
      ${digest}, ${mac}) ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

/** An event with the text that its HMAC is made of. `mac`: null where an older version wrote it. */
export type SignedEvent = { readonly id: number; readonly text: string; readonly mac: Uint8Array | null };

/** The next events after the id `after`, up to `upTo`, in the order of their ids. */
export async function listSignedEvents(
  db: RawDb,
  { after, upTo, limit }: { readonly after: number; readonly upTo: number; readonly limit: number },
): Promise<SignedEvent[]> {
  const rows = await db.$queryRaw<{ id: string; text: string; mac: Uint8Array | null }[]>`
    SELECT e.id::text AS id, ${eventText} AS text, e.mac FROM security_events e
    WHERE e.id > ${after}::bigint AND e.id <= ${upTo}::bigint ORDER BY e.id LIMIT ${limit}::int`;
  return rows.map(({ id, text, mac }) => ({ id: Number(id), text, mac }));
}

/** The ids of the oldest and the newest event; null where there are none. */
export async function findEnds(db: RawDb): Promise<{ readonly first: number; readonly last: number } | null> {
  const rows = await db.$queryRaw<{ first: string | null; last: string | null }[]>`
    SELECT min(id)::text AS first, max(id)::text AS last FROM security_events`;
  const { first = null, last = null } = rows[0] ?? {};
  return first === null || last === null ? null : { first: Number(first), last: Number(last) };
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
    .$executeRaw`UPDATE event_seals SET swept_mac = ${sweptMac} WHERE number = ${number}::bigint AND mac = ${mac}`;
}

/** Deletes up to `limit` seals from before the number `before`. Which one that is, nobody but `findBeginning` may say. Out: how many. */
export const sweepSeals = (ctx: RawCtx, before: number, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM event_seals WHERE number IN (SELECT number FROM event_seals WHERE number < ${before}::bigint
    ORDER BY number LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;

/** The events with which the portal said that it was set back by a restore, after `moment`. */
export async function listRestores(db: RawDb, moment: Date): Promise<SignedEvent[]> {
  const rows = await db.$queryRaw<{ id: string; text: string; mac: Uint8Array | null }[]>`
    SELECT e.id::text AS id, ${eventText} AS text, e.mac FROM security_events e WHERE e.at > ${moment}::timestamptz AND e.name = 'portal.restored'`;
  return rows.map(({ id, text, mac }) => ({ id: Number(id), text, mac }));
}
