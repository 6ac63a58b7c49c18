import type { Db } from "@/lib/db/client";

/** How many migrations began and never finished. */
export async function countBrokenMigrations(db: Db): Promise<number> {
  const rows = await db.$queryRaw<{ broken: bigint }[]>`
    SELECT count(*) AS broken FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL`;
  return Number(rows[0]?.broken ?? 0);
}
