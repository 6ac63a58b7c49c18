import type { Prisma, RawDb } from "@/lib/db/client";

/** How many rows break a rule, and the names of a few of them. `rows`: a question that names each in its column `id`, as a part of a statement. */
export async function countRows(
  db: RawDb,
  rows: Prisma.Sql,
): Promise<{ readonly count: number; readonly examples: readonly string[] }> {
  const [row] = await db.$queryRaw<{ count: number; examples: string[] }[]>`
    WITH broken AS (${rows}) SELECT (SELECT count(*)::int FROM broken) AS count,
      ARRAY(SELECT id::text FROM broken ORDER BY 1 LIMIT 3) AS examples`;
  return row ?? { count: 0, examples: [] };
}
