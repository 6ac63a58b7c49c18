import type { Db } from "@/lib/db/client";
import type { RawDb } from "@/lib/db/raw";

/** How many migrations began and never finished. */
export async function countBrokenMigrations(db: Db): Promise<number> {
  const rows = await db.$queryRaw<{ broken: bigint }[]>`
    SELECT count(*) AS broken FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL`;
  return Number(rows[0]?.broken ?? 0);
}

/** What the database's clock says while it answers. */
export async function readDatabaseClock(db: RawDb): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (row === undefined) throw new Error("This should not happen: a question without a row");
  return row.now;
}
