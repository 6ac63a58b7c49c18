import { type RawCtx, sql } from "@/lib/context/context";

export type StoredEmail = { readonly id: string; readonly email: string };
export type StoredDestination = { readonly id: string; readonly userId: string; readonly secret: string };

/** What became of a row: replaced, or left because another one has that address already, or neither: somebody wrote there since. */
export type Replaced = { readonly isReplaced: boolean; readonly holder: string | null };

/** When a step was done; null: it was not. */
export async function findStepEnd(ctx: RawCtx, name: string): Promise<Date | null> {
  const rows = await sql(ctx).$queryRaw<{ at: Date }[]>`
    SELECT finished_at AS at FROM finished_steps WHERE name = ${name}`;
  return rows[0]?.at ?? null;
}

export async function finishStep(ctx: RawCtx, name: string): Promise<void> {
  await sql(ctx)
    .$executeRaw`INSERT INTO finished_steps (name, finished_at) VALUES (${name}, ${ctx.now}) ON CONFLICT DO NOTHING`;
}

/** The next accounts after the row `after`, in the order of their ids. */
export function listEmails(ctx: RawCtx, after: string, limit: number): Promise<StoredEmail[]> {
  return sql(ctx).$queryRaw<StoredEmail[]>`
    SELECT id, email FROM users WHERE id > ${after} ORDER BY id LIMIT ${limit}::int`;
}

export async function replaceEmail(
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

/** The next factors with an e-mail address after the row `after`, pending ones too. */
export function listDestinations(ctx: RawCtx, after: string, limit: number): Promise<StoredDestination[]> {
  return sql(ctx).$queryRaw<StoredDestination[]>`
    SELECT id, user_id AS "userId", secret FROM factors
    WHERE kind = 'email' AND secret IS NOT NULL AND id > ${after} ORDER BY id LIMIT ${limit}::int`;
}

/** A person has an address once. */
export async function replaceDestination(
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
