import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { boundKinds, traits } from "@/lib/policy/traits";

const alone = boundKinds.filter((kind) => traits[kind].standsAlone);

/** Has an account bound a factor since a moment that opens the first door by itself? A part of a statement, as both are. */
export const isBoundAlone = (userId: Prisma.Sql, since: Prisma.Sql): Prisma.Sql => Prisma.sql`
  EXISTS (SELECT 1 FROM factors f WHERE f.user_id = ${userId} AND f.state = 'ACTIVE' AND f.kind = ANY(${[...alone]}::text[])
    AND COALESCE(f.confirmed_at, f.created_at) >= ${since})`;

/** The same asked by itself. */
export async function hasBoundAlone(ctx: RawCtx, userId: string, since: Date): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ has: boolean }[]>`
    SELECT ${isBoundAlone(Prisma.sql`${userId}::text`, Prisma.sql`${since}::timestamptz`)} AS has`;
  return rows[0]?.has === true;
}
