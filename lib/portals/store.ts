import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma, type RawDb } from "@/lib/db/client";
import { type Duration, inSeconds } from "@/lib/kernel/duration";
import { portalRules } from "@/lib/policy/portal-rules";
import type { Portal } from "@/lib/portals/portal";

const span = (length: Duration) => Prisma.sql`make_interval(secs => ${inSeconds(length)}::int)`;

/** True of a row `p` of a portal that lives, as a part of a statement. By the database's clock: it is the only one that all of them share. */
export const isLiving = Prisma.sql`p.seen_at > clock_timestamp() - ${span(portalRules.living)}`;

/** True of a row `k` of the key checks whose key a living portal seals with, as a part of a statement. */
export const isInFront = Prisma.sql`EXISTS (SELECT FROM portals p WHERE ${isLiving} AND p.key_ids[1] = k.key_id)`;

/** What the database's clock says while it answers. */
export async function readDatabaseClock(db: RawDb): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (row === undefined) throw new Error("This should not happen: a question without a row");
  return row.now;
}

/** The portals that live, but for the one with the id `self`; null: whoever asks is none of them, a command or a start. */
export function listLiving(ctx: RawCtx, self: string | null): Promise<Portal[]> {
  return sql(ctx).$queryRaw<Portal[]>`
    SELECT p.id, p.name, p.version, p.key_ids AS "keyIds", p.secret_ids AS "secretIds", p.apps_hash AS "appsHash"
    FROM portals p WHERE ${isLiving} AND p.id IS DISTINCT FROM ${self}::text ORDER BY p.name, p.id`;
}

/** The portals that live, in numbers: `ownAge`: how many seconds ago the one with the id `self` said that it lives; null: it never did. */
export type Living = { readonly living: number; readonly versions: number; readonly ownAge: number | null };

/** Counts the living portals. */
export async function countLiving(ctx: RawCtx, self: string | null): Promise<Living> {
  const [row] = await sql(ctx).$queryRaw<Living[]>`
    SELECT (count(*) FILTER (WHERE ${isLiving}))::int AS living, (count(DISTINCT p.version) FILTER (WHERE ${isLiving}))::int AS versions,
      (extract(epoch FROM clock_timestamp() - max(p.seen_at) FILTER (WHERE p.id = ${self}::text)))::float8 AS "ownAge" FROM portals p`;
  return row ?? { living: 0, versions: 0, ownAge: null };
}

/** A portal that seals with another key than somebody else does. */
export type Front = { readonly portal: string; readonly key: string };

/** The living portals that have another key in front than `primary`. */
export function listOtherFronts(ctx: RawCtx, primary: string): Promise<Front[]> {
  return sql(ctx).$queryRaw<Front[]>`
    SELECT p.name AS portal, p.key_ids[1] AS key FROM portals p
    WHERE ${isLiving} AND p.key_ids[1] <> ${primary} ORDER BY p.name, p.id`;
}

/** The column holds 24 days, either way: a clock that is farther off is not more wrong. */
const farthest = 2 ** 31 - 1;

/** Says that this portal lives, what it is and how far its clock is from the database's, in milliseconds. */
export async function writeBeat(ctx: RawCtx, portal: Portal, skewMs: number): Promise<void> {
  const { id, name, version, keyIds, secretIds, appsHash } = portal;
  const skew = Math.max(-farthest, Math.min(farthest, skewMs));
  await sql(ctx).$executeRaw`
    INSERT INTO portals (id, name, version, key_ids, secret_ids, apps_hash, clock_skew, seen_at)
    VALUES (${id}, ${name}, ${version}, ${[...keyIds]}::text[], ${[...secretIds]}::text[], ${appsHash}, ${skew}::int, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, version = EXCLUDED.version, key_ids = EXCLUDED.key_ids,
      secret_ids = EXCLUDED.secret_ids, apps_hash = EXCLUDED.apps_hash, clock_skew = EXCLUDED.clock_skew, seen_at = EXCLUDED.seen_at`;
}

/** A portal that stops is dead at once. */
export async function deletePortal(ctx: RawCtx, id: string): Promise<void> {
  await sql(ctx).$executeRaw`DELETE FROM portals WHERE id = ${id}`;
}

/**
 * Deletes up to `limit` rows of portals that were killed a day ago. In the order of their names: there are a handful, and no other index. Out:
 * how many.
 */
export const sweepPortals = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM portals WHERE id IN (SELECT p.id FROM portals p
    WHERE p.seen_at < clock_timestamp() - ${span(portalRules.forgotten)} ORDER BY p.id LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
