import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { isInFront } from "@/lib/portals/store";
import type { SealedColumn, SealedRow } from "@/lib/rotation/sealed-columns";

/** Table and column names are the ones of `sealedColumns`, never a person's words; they cannot be parameters in SQL. */
const named = (name: string) => Prisma.raw(`"${name}"`);

/** The id of the key in a sealed value; empty for anything that is not one. */
const keyOf = (column: string) => Prisma.sql`split_part(${named(column)}, '.', 2)`;

/** The next sealed values after the row `after`, in the order of their ids. */
export function listSealed(
  ctx: RawCtx,
  { table, column, key, owner }: SealedColumn,
  after: string,
  limit: number,
): Promise<SealedRow[]> {
  return sql(ctx).$queryRaw<SealedRow[]>`
    SELECT ${named(key)} AS id, ${owner === null ? Prisma.sql`NULL` : named(owner)} AS "userId", ${named(column)} AS sealed FROM ${named(table)}
    WHERE ${named(column)} IS NOT NULL AND ${named(key)} > ${after} ORDER BY ${named(key)} LIMIT ${limit}::int`;
}

/** Puts a value sealed anew in the place of `from`. False when somebody wrote there since: theirs stays. */
export async function replaceSealed(
  ctx: Ctx,
  { table, column, key }: SealedColumn,
  row: { readonly id: string; readonly from: string; readonly to: string },
): Promise<boolean> {
  const replaced = await ctx.db.$executeRaw`
    UPDATE ${named(table)} SET ${named(column)} = ${row.to} WHERE ${named(key)} = ${row.id} AND ${named(column)} = ${row.from}`;
  return replaced === 1;
}

/** How many values of a column each key has sealed. */
export function countSealed(
  ctx: Ctx,
  { table, column }: SealedColumn,
): Promise<{ readonly key: string; readonly rows: number }[]> {
  return ctx.db.$queryRaw<{ key: string; rows: number }[]>`
    SELECT ${keyOf(column)} AS key, count(*)::int AS rows FROM ${named(table)} WHERE ${named(column)} IS NOT NULL GROUP BY 1 ORDER BY 1`;
}

/**
 * Whether the key of a row `k` of the key checks has sealed anything that is left in one of `columns`, or a living portal still seals with it, as a part
 * of a statement.
 */
export function isNeeded(columns: readonly SealedColumn[]): Prisma.Sql {
  const inUse = columns.map(
    ({ table, column }) => Prisma.sql`SELECT 1 FROM ${named(table)} WHERE ${keyOf(column)} = k.key_id`,
  );
  return Prisma.sql`(EXISTS (${Prisma.join(inUse, " UNION ALL ")}) OR ${isInFront})`;
}
