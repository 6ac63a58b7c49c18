import type { RawDb } from "@/lib/db/client";

/** How many migrations began and never finished. */
export async function countBrokenMigrations(db: RawDb): Promise<number> {
  const rows = await db.$queryRaw<{ broken: number }[]>`
    SELECT count(*)::int AS broken FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL`;
  return rows[0]?.broken ?? 0;
}
