import { type RawCtx, sql } from "@/lib/context/context";
import type { Reader } from "@/lib/notices/store";
import type { AccountName } from "@/lib/users/store";

/**
 * Who has an address already, in whatever spelling it was stored, or may still take back that they left it; null: nobody. One statement for both, so that the time of the answer does not
 * tell who has an account.
 */
export async function findHolder(
  ctx: RawCtx,
  { identifier, former = identifier }: AccountName,
): Promise<Reader | null> {
  const rows = await sql(ctx).$queryRaw<Reader[]>`
    SELECT u.id AS "userId", u.email, u.language FROM users u WHERE u.email IN (${identifier}, ${former}) OR u.id IN (
      SELECT c.user_id FROM email_changes c WHERE c.former = ${identifier} AND c.expires_at > ${ctx.now} AND c.reverted_at IS NULL AND c.settled_at IS NULL)
    ORDER BY u.email = ${identifier} DESC, u.email = ${former} DESC LIMIT 1`;
  return rows[0] ?? null;
}
