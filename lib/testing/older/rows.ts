import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "@/lib/db/migrate";
import type { Older } from "@/lib/testing/older/held";

type Rows = Older["rows"];

const silent = () => undefined;

/** Gives an empty database the schema as it was with that migration. */
export async function migrateUpTo(url: string, migrations: string, upTo: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "migrations-"));
  const names = (await readdir(migrations)).filter((name) => name <= upTo);
  for (const name of names) await cp(join(migrations, name), join(folder, name), { recursive: true });
  await migrate(url, folder, silent);
  await rm(folder, { recursive: true });
}

/** The same in the place of whatever lies there. */
export async function emptyUpTo(url: string, migrations: string, upTo: string): Promise<void> {
  await connected(url, (client) => client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
  await migrateUpTo(url, migrations, upTo);
}

/** Today's migrations, on what lies there. */
export const migrateToday = (url: string, migrations: string): Promise<unknown> => migrate(url, migrations, silent);

/** Every row of every table, but for what migrations note about themselves. */
export const readRows = (url: string): Promise<Rows> =>
  connected(url, async (client) => {
    const rows: Record<string, unknown[]> = {};
    for (const name of await tablesOf(client)) {
      const { rows: found } = await client.query<{ all: unknown[] }>(
        `SELECT COALESCE(json_agg(one), '[]') AS all FROM ${name} one`,
      );
      rows[name] = found[0]?.all ?? [];
    }
    return rows;
  });

/** Puts them back into the same schema, in whatever order they lie; what counts up goes on behind them. */
export const pour = (url: string, rows: Rows): Promise<void> =>
  connected(url, async (client) => {
    await client.query("SET session_replication_role = replica");
    for (const [name, all] of Object.entries(rows))
      await client.query(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1)`, [
        JSON.stringify(all),
      ]);
    await client.query(`
      SELECT setval(pg_get_serial_sequence('security_events', 'id'), (SELECT max(id) FROM security_events)),
        setval(pg_get_serial_sequence('letters', 'seq'), (SELECT max(seq) FROM letters))`);
  });

/** How many rows each table has. */
export const countRows = (url: string): Promise<Readonly<Record<string, number>>> =>
  connected(url, async (client) => {
    const counts: Record<string, number> = {};
    for (const name of await tablesOf(client)) {
      const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`);
      counts[name] = rows[0]?.count ?? 0;
    }
    return counts;
  });

async function tablesOf(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'migration_floors') ORDER BY 1",
  );
  return rows.map(({ name }) => name);
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
