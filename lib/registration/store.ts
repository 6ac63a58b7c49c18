import { type RawCtx, sql } from "@/lib/context/context";
import type { Reader } from "@/lib/notices/store";
import type { AccountName } from "@/lib/users/store";

/**
 * Who has an address already, in whatever spelling it was stored, or null. One statement for both, so that the time of the answer does not
 * tell who has an account.
 */
export async function findHolder(
  ctx: RawCtx,
  { identifier, former = identifier }: AccountName,
): Promise<Reader | null> {
  const rows = await sql(ctx).$queryRaw<Reader[]>`
    SELECT id AS "userId", email, language FROM users WHERE email IN (${identifier}, ${former})
    ORDER BY email = ${former} AND email <> ${identifier} LIMIT 1`;
  return rows[0] ?? null;
}
