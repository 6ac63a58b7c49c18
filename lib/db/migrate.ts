import type pg from "pg";
import { connectAlone } from "@/lib/db/driver-settings";
import { type Migration, readMigrations } from "@/lib/db/migration-files";
import { notYetApplied } from "@/lib/db/migration-history";
import { refuseOtherSchema } from "@/lib/db/own-schema";
import { type RawDb, rawOn, retriedRaw } from "@/lib/db/raw";
import { isLostTurn, retried } from "@/lib/db/retry";
import { progressRules } from "@/lib/policy/progress-rules";

/** The number that `prisma migrate deploy` locks too: it and we never run at once. */
const lockNumber = 72707369;

/**
 * Brings the database at `url` up to the migrations in `folder` (`<name>/migration.sql`, in the order of their names),
 * each in one transaction, with Prisma's own book-keeping in `_prisma_migrations`, so that its command line can take
 * over at any time, and beside it which older portals can live with one. Any number of processes may call it at once: one applies, the others wait
 * and find nothing to do.
 * `afterwards`: what code does to the stored rows, each start, in the same turn; it must find nothing to do the second time.
 * Throws an Error for the operator when an applied migration was changed, one failed earlier, the database is ahead of what this version can live
 * with, or the account of `url` does not work in the schema `public`.
 */
export async function migrate(
  url: string,
  folder: string,
  say: (line: string) => void,
  afterwards: (db: RawDb) => Promise<void> = async () => undefined,
): Promise<{ readonly applied: readonly string[] }> {
  const migrations = await readMigrations(folder);
  return withClient(url, async (client) => {
    await takeMigrationTurn(client, say);
    await client.query(bookKeeping);
    const pending = await notYetApplied(client, migrations);
    for (const [place, migration] of pending.entries()) {
      say(`Migrating the database: ${migration.name} (${place + 1} of ${pending.length})…`);
      await tellingOn(migration, say, () => retried(() => apply(client, migration)));
    }
    await afterwards(retriedRaw(rawOn(client)));
    return { applied: pending.map(({ name }) => name) };
  });
}

/** How long a migration takes nobody can tell before it is over: every few seconds it says that it goes on, and what becomes of whoever stops it. */
async function tellingOn<T>({ name }: Migration, say: (line: string) => void, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const tell = () => {
    const seconds = Math.round((performance.now() - begun) / 1000);
    say(`Still at the migration ${name}, for ${seconds} s so far. Stopped now, it leaves everything as it was.`);
  };
  const timer = setInterval(tell, progressRules.tellAgain);
  return work().finally(() => clearInterval(timer));
}

/** The names of the migrations in `folder` that the database at `url` has not seen. Changes nothing; throws like `migrate`. */
export async function pendingMigrations(url: string, folder: string): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  return withClient(url, async (client) => {
    await refuseOtherSchema(client, { creating: false });
    const pending = await notYetApplied(client, migrations);
    return pending.map(({ name }) => name);
  });
}

/** One connection of its own, closed at the end: that also gives the lock back. */
async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectAlone(url, { connectionTimeoutMillis: 10_000 });
  try {
    await client.query("SET statement_timeout = 0; SET lock_timeout = '10min'");
    return await work(client);
  } finally {
    await client.end().catch(() => undefined); // lost meanwhile: the query that ran has said so
  }
}

/**
 * Makes this connection the only one that makes tables, once those before it are done; an advisory lock of the session, which ends with its connection. Throws
 * an Error for the operator where the account of `client` does not work in the schema `public`.
 */
export async function takeMigrationTurn(client: pg.Client, say: (line: string) => void): Promise<void> {
  await refuseOtherSchema(client, { creating: true });
  await waitForTurn(client, say);
}

async function waitForTurn(client: pg.Client, say: (line: string) => void): Promise<void> {
  const { rows } = await client.query<{ mine: boolean }>("SELECT pg_try_advisory_lock($1) AS mine", [lockNumber]);
  if (rows[0]?.mine) return;
  say("Another process is migrating the database; waiting for it…");
  await client.query("SELECT pg_advisory_lock($1)", [lockNumber]);
}

/** Prisma's own table, word for word. */
const bookKeeping = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies migrations inside the transaction that is open on `client`, in their order, with their book-keeping: they stand or fall with it. For whoever holds
 * the turn (`takeMigrationTurn`). Throws what a statement throws.
 */
export async function migrateInside(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  await client.query(bookKeeping);
  for (const migration of migrations) await note(client, migration);
}

/** All or nothing: a failure leaves no trace, so the next start may simply try again. */
async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await note(client, migration);
    await client.query("COMMIT");
  } catch (fault) {
    await client.query("ROLLBACK");
    if (isLostTurn(fault)) throw fault;
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw new Error(`The migration ${migration.name} failed and changed nothing: ${reason}`, { cause: fault });
  }
}

/** One migration and what is kept of it, in whatever transaction is open. */
async function note(client: pg.Client, { name, sql, checksum, floor }: Migration): Promise<void> {
  await client.query(sql);
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
     VALUES (gen_random_uuid(), $1, $2, clock_timestamp(), 1)`,
    [checksum, name],
  );
  if (floor !== null)
    await client.query(
      `INSERT INTO migration_floors (migration, floor) VALUES ($1, $2)
       ON CONFLICT (migration) DO UPDATE SET floor = EXCLUDED.floor`,
      [name, floor],
    );
}
