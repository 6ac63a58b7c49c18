import { type RawCtx, sql } from "@/lib/context/context";
import type { Replaced } from "@/lib/users/spelling/store";

export type StoredDestination = { readonly id: string; readonly userId: string; readonly secret: string };

/** The next factors with an e-mail address after the row `after`, pending ones too. */
export function listDestinations(ctx: RawCtx, after: string, limit: number): Promise<StoredDestination[]> {
  return sql(ctx).$queryRaw<StoredDestination[]>`
    SELECT id, user_id AS "userId", secret FROM factors
    WHERE kind = 'email' AND secret IS NOT NULL AND id > ${after} ORDER BY id LIMIT ${limit}::int`;
}

/** Another spelling of the same address, while its sealed form is the one of `row`. A person has an address once. */
export async function respellDestination(
  ctx: RawCtx,
  { row, secret, handle }: { readonly row: StoredDestination; readonly secret: string; readonly handle: string },
): Promise<Replaced> {
  const { id, userId } = row;
  const replaced = await sql(ctx).$executeRaw`
    UPDATE factors SET secret = ${secret}, handle = ${handle} WHERE id = ${id} AND secret = ${row.secret}
      AND NOT EXISTS (SELECT FROM factors WHERE user_id = ${userId} AND kind = 'email' AND handle = ${handle} AND id <> ${id})`;
  if (replaced === 1) return { isReplaced: true, holder: null };
  const holders = await sql(ctx).$queryRaw<{ id: string }[]>`
    SELECT o.id FROM factors o JOIN factors f ON f.id = ${id} AND f.secret = ${row.secret}
    WHERE o.user_id = ${userId} AND o.kind = 'email' AND o.handle = ${handle} AND o.id <> ${id}`;
  return { isReplaced: false, holder: holders[0]?.id ?? null };
}
