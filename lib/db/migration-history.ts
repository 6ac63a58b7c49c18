import type pg from "pg";
import type { Migration } from "@/lib/db/migration-files";
import { isOlder, ownVersion, portalVersion, readVersion } from "@/lib/kernel/version";

type Row = { readonly migration_name: string; readonly checksum: string; readonly finished_at: Date | null };

/**
 * Which of `migrations` the database at `client` has not seen, in their order. What it has seen and we have not is a newer version's: that is taken
 * where its floor says that a portal as old as this one can live on it. Throws an Error for the operator where it is not taken, and where an applied
 * migration was changed or failed earlier.
 */
export async function notYetApplied(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const rows = await readRows(client);
  for (const row of rows) refuseDamage(row, known.get(row.migration_name));
  const applied = new Set(rows.map((row) => row.migration_name));
  const pending = migrations.filter(({ name }) => !applied.has(name));
  await refuseForeign(client, { foreign: [...applied].filter((name) => !known.has(name)), pending });
  return pending;
}

/** Prisma's command line may never have been here, nor we. */
async function readRows(client: pg.Client): Promise<Row[]> {
  if (!(await hasTable(client, "_prisma_migrations"))) return [];
  const { rows } = await client.query<Row>(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at",
  );
  return rows;
}

async function hasTable(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass($1) IS NOT NULL AS there", [name]);
  return rows[0]?.there === true;
}

function refuseDamage(row: Row, migration: Migration | undefined): void {
  if (row.finished_at === null) {
    throw new Error(
      `The migration ${row.migration_name} failed earlier and left the database half-way. Restore the backup, or repair it and mark it with "prisma migrate resolve".`,
    );
  }
  if (migration !== undefined && migration.checksum !== row.checksum) {
    throw new Error(
      `The migration ${row.migration_name} was changed after it was applied. Bring the file back as it was; changes belong into a new migration.`,
    );
  }
}

type Histories = { readonly foreign: readonly string[]; readonly pending: readonly Migration[] };

async function refuseForeign(client: pg.Client, { foreign, pending: [lacking] }: Histories): Promise<void> {
  const [first] = foreign;
  if (first === undefined) return;
  // a floor speaks of an older version, and an older one lacks nothing: here two lines of development have met
  if (lacking !== undefined)
    throw new Error(
      `The database knows the migration ${first}, which this version does not have, and lacks ${lacking.name}, which it has. Start a version that has both, or restore the backup from before.`,
    );
  const floors = await readFloors(client, foreign);
  for (const name of foreign) refuseBelow(name, floors.get(name) ?? "");
}

function refuseBelow(name: string, text: string): void {
  const floor = readVersion(text);
  if (floor === null)
    throw new Error(
      `The database knows the migration ${name}, which this version does not have. It was used by a newer version: start that one, or restore the backup from before.`,
    );
  if (!isOlder(ownVersion(), floor)) return;
  throw new Error(
    `The database knows the migration ${name}, beside which versions from ${text} on can live; this one is ${portalVersion}. Start a newer one, or restore the backup from before.`,
  );
}

async function readFloors(client: pg.Client, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (!(await hasTable(client, "migration_floors"))) return new Map();
  const { rows } = await client.query<{ migration: string; floor: string }>(
    "SELECT migration, floor FROM migration_floors WHERE migration = ANY($1)",
    [names],
  );
  return new Map(rows.map(({ migration, floor }) => [migration, floor]));
}
