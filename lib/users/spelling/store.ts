import { type RawCtx, sql } from "@/lib/context/context";

export type StoredEmail = { readonly id: string; readonly email: string };

/** What became of a row: replaced, or left because another one has that address already, or neither: somebody wrote there since. */
export type Replaced = { readonly isReplaced: boolean; readonly holder: string | null };

/** The next accounts after the row `after`, in the order of their ids. */
export function listEmails(ctx: RawCtx, after: string, limit: number): Promise<StoredEmail[]> {
  return sql(ctx).$queryRaw<StoredEmail[]>`
    SELECT id, email FROM users WHERE id > ${after} ORDER BY id LIMIT ${limit}::int`;
}

/** Another spelling of the same address, while it is `from`: nothing of the account moves. */
export async function respellEmail(
  ctx: RawCtx,
  { id, from, to }: { readonly id: string; readonly from: string; readonly to: string },
): Promise<Replaced> {
  const replaced = await sql(ctx).$executeRaw`
    UPDATE users SET email = ${to} WHERE id = ${id} AND email = ${from} AND NOT EXISTS (SELECT FROM users WHERE email = ${to})`;
  if (replaced === 1) return { isReplaced: true, holder: null };
  const holders = await sql(ctx).$queryRaw<{ id: string }[]>`
    SELECT o.id FROM users o JOIN users u ON u.id = ${id} AND u.email = ${from} WHERE o.email = ${to}`;
  return { isReplaced: false, holder: holders[0]?.id ?? null };
}
