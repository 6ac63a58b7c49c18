import type { Db } from "@/lib/db/client";

/**
 * Writes the one row that readiness checks write, and tells what the database's clock says. A full disk, a read-only
 * standby and a dead connection all throw here.
 */
export async function writeProbe(db: Db): Promise<Date> {
  const rows = await db.$queryRaw<{ now: Date }[]>`
    INSERT INTO buckets (key, fails, orphans, window_start, updated_at) VALUES ('readyz', 0, 0, now(), now())
    ON CONFLICT (key) DO UPDATE SET updated_at = now() RETURNING clock_timestamp() AS now`;
  const [row] = rows;
  if (row === undefined) throw new Error("This should not happen: a write that returns no row");
  return row.now;
}

/** How many migrations began and never finished. */
export async function countBrokenMigrations(db: Db): Promise<number> {
  const rows = await db.$queryRaw<{ broken: bigint }[]>`
    SELECT count(*) AS broken FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL`;
  return Number(rows[0]?.broken ?? 0);
}
