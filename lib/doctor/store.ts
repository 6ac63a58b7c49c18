import { type RawCtx, sql } from "@/lib/context/context";
import type { Server } from "@/lib/doctor/house";
import { type Duration, earlier, inSeconds } from "@/lib/kernel/duration";
import type { ChannelName } from "@/lib/policy/channels";
import { portalRules } from "@/lib/policy/portal-rules";

/** What the server says about itself. */
export async function readServer(ctx: RawCtx): Promise<Server> {
  const [row] = await sql(ctx).$queryRaw<Server[]>`
    SELECT current_setting('server_version_num')::int AS version,
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true), '0')::int AS connections,
      pg_is_in_recovery() OR current_setting('transaction_read_only')::bool AS "isReadOnly",
      ARRAY(SELECT name FROM unnest(ARRAY['fsync', 'full_page_writes', 'synchronous_commit']) AS name
        WHERE current_setting(name) = 'off') AS forgets`;
  if (row === undefined) throw new Error("This should not happen: a question without a row");
  return row;
}

/** A portal as its last heartbeat told, also one that is silent since. */
export type Heard = {
  readonly name: string;
  readonly version: string;
  readonly keyIds: readonly string[];
  readonly secretIds: readonly string[];
  readonly appsHash: string;
  readonly clockSkew: number;
  /** Seconds since then, by the database's clock. */
  readonly silent: number;
};

/** At most a hundred: those that were killed are forgotten after a day. */
export const listHeard = (ctx: RawCtx): Promise<Heard[]> => sql(ctx).$queryRaw<Heard[]>`
  SELECT name, version, key_ids AS "keyIds", secret_ids AS "secretIds", apps_hash AS "appsHash", clock_skew AS "clockSkew",
    extract(epoch FROM clock_timestamp() - seen_at)::int AS silent FROM portals ORDER BY name, id LIMIT 100`;

/** How many portals live. */
export const countLiving = async (ctx: RawCtx): Promise<number> =>
  (await listHeard(ctx)).filter(({ silent }) => silent < inSeconds(portalRules.living)).length;

export type Administrators = {
  /** Has there ever been one? */
  readonly ever: boolean;
  /** Those who can log in: enabled, with a password. */
  readonly able: number;
};

export async function countAdministrators(ctx: RawCtx): Promise<Administrators> {
  const [row] = await sql(ctx).$queryRaw<Administrators[]>`
    SELECT EXISTS (SELECT FROM first_run) OR EXISTS (SELECT FROM users WHERE is_admin) AS ever,
      (SELECT count(*)::int FROM users WHERE is_admin AND disabled_at IS NULL AND password_hash IS NOT NULL) AS able`;
  return row ?? { ever: false, able: 0 };
}

/** People whose password strangers may not try any more: `cap` wrong ones in a row. */
export async function countClosedPasswords(ctx: RawCtx, cap: number): Promise<number> {
  const [row] = await sql(ctx).$queryRaw<{ people: number }[]>`
    SELECT count(*)::int AS people FROM users WHERE password_failures >= ${cap}::int AND disabled_at IS NULL`;
  return row?.people ?? 0;
}

/** Letters of one channel that should have left, and those that were given up. */
export type StuckLetters = {
  readonly channel: ChannelName;
  readonly late: number;
  readonly parked: number;
  readonly lastFault: string | null;
};

type Stuck = {
  /** How long a letter may wait beyond its moment. */
  readonly late: Duration;
  /** How far to look back for those that were given up. */
  readonly parked: Duration;
  /** Kinds of letters that are not late while they wait. */
  readonly resting: readonly string[];
};

/** Letters that are still wanted and should have left, and those that were given up, of each channel that has any. */
export const listStuck = (ctx: RawCtx, { late, parked, resting }: Stuck) =>
  sql(ctx).$queryRaw<StuckLetters[]>`
    SELECT channel, (count(*) FILTER (WHERE parked_at IS NULL))::int AS late, (count(*) FILTER (WHERE parked_at IS NOT NULL))::int AS parked,
      (array_agg(last_fault ORDER BY created_at DESC) FILTER (WHERE last_fault IS NOT NULL))[1] AS "lastFault"
    FROM letters WHERE sent_at IS NULL AND ((parked_at IS NULL AND created_at < ${earlier(ctx.now, late)}
      AND kind <> ALL(${[...resting]}::text[]) AND (expires_at IS NULL OR expires_at > ${ctx.now})) OR parked_at > ${earlier(ctx.now, parked)}) GROUP BY channel ORDER BY channel`;

/** The newest backup of the schedule. */
export type NewestBackup = { readonly file: string; readonly madeAt: Date; readonly bytes: number };

export async function findNewestBackup(ctx: RawCtx): Promise<NewestBackup | null> {
  const rows = await sql(ctx).$queryRaw<NewestBackup[]>`
    SELECT file, made_at AS "madeAt", bytes::float8 AS bytes FROM backups ORDER BY made_at DESC LIMIT 1`;
  return rows[0] ?? null;
}

/** When the oldest account was made: since when there is something to back up. Null: there is none. */
export async function findOldestAccount(ctx: RawCtx): Promise<Date | null> {
  const rows = await sql(ctx).$queryRaw<{ at: Date | null }[]>`SELECT min(created_at) AS at FROM users`;
  return rows[0]?.at ?? null;
}

/** Changes that should have been done by now, by the database's clock. */
export async function countLateChanges(ctx: RawCtx, late: Duration): Promise<number> {
  const [row] = await sql(ctx).$queryRaw<{ changes: number }[]>`
    SELECT count(*)::int AS changes FROM pending_changes
    WHERE state = 'WAITING' AND due_at < clock_timestamp() - make_interval(secs => ${inSeconds(late)}::int)`;
  return row?.changes ?? 0;
}

/** When the oldest event happened that is still kept. */
export async function findOldestEvent(ctx: RawCtx): Promise<Date | null> {
  const rows = await sql(ctx).$queryRaw<{ at: Date | null }[]>`SELECT min(at) AS at FROM security_events`;
  return rows[0]?.at ?? null;
}

/** How large the house is: rows of the tables that grow with it, as the planner last estimated the large ones. */
export type Counted = { readonly migrations: number; readonly rows: Readonly<Record<string, number>> };

export async function countHouse(ctx: RawCtx): Promise<Counted> {
  const [found] = await sql(ctx).$queryRaw<{ migrations: number; users: number; factors: number; sessions: number }[]>`
    SELECT (SELECT count(*)::int FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS migrations,
      (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM factors) AS factors, (SELECT count(*)::int FROM sessions) AS sessions`;
  const { migrations = 0, ...rows } = found ?? {};
  const [events] = await sql(ctx).$queryRaw<{ rows: number }[]>`
    SELECT GREATEST(reltuples, 0)::float8 AS rows FROM pg_class WHERE oid = 'security_events'::regclass`;
  return { migrations, rows: { ...rows, events: events?.rows ?? 0 } };
}
