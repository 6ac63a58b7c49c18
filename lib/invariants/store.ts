import type { Prisma, RawDb } from "@/lib/db/client";

/** How many rows break a rule, the names of a few of them, and the ids of those people whose these few are. */
export type Rows = {
  readonly count: number;
  readonly examples: readonly string[];
  readonly people: readonly string[];
};

/** Counts the rows that break a rule. `rows`: a question that names each in its column `id` and its owner in `user_id`, as a part of a statement. */
export async function countRows(db: RawDb, rows: Prisma.Sql): Promise<Rows> {
  const [row] = await db.$queryRaw<Rows[]>`
    WITH broken AS (${rows}), few AS (SELECT id::text, user_id FROM broken ORDER BY 1 LIMIT 3)
    SELECT (SELECT count(*)::int FROM broken) AS count, ARRAY(SELECT id FROM few) AS examples,
      ARRAY(SELECT DISTINCT user_id FROM few WHERE user_id IS NOT NULL ORDER BY 1) AS people`;
  return row ?? { count: 0, examples: [], people: [] };
}
