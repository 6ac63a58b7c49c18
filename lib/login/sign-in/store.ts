import { type RawCtx, sql } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";

type Answered = { readonly challenge: string; readonly issuedAt: Date; readonly expiresAt: Date };

/**
 * Spends the challenge of a sign-in: true for the one caller who is first, over all portals. A challenge of before a restore is spent by nobody: whether it was answered since
 * the backup, no row could tell.
 */
export async function spendChallenge(ctx: RawCtx, { challenge, issuedAt, expiresAt }: Answered): Promise<boolean> {
  const spent = await sql(ctx).$executeRaw`
    INSERT INTO spent_answers (hash, spent_at, expires_at)
    SELECT ${sha256(challenge)}, ${ctx.now}::timestamptz, ${expiresAt}::timestamptz
    WHERE NOT EXISTS (SELECT FROM restores WHERE restored_at >= ${issuedAt}::timestamptz) ON CONFLICT DO NOTHING`;
  return spent === 1;
}

/** Deletes up to `limit` of those that are too old to be answered once more. Out: how many. */
export const sweepSpentAnswers = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM spent_answers WHERE hash IN (SELECT hash FROM spent_answers WHERE expires_at < ${ctx.now} LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
