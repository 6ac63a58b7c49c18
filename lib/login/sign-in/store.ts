import { type RawCtx, sql } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { earlier } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

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

/** Was it answered already? For the sentence alone: spending decides. */
export async function isSpent(ctx: RawCtx, challenge: string): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<unknown[]>`SELECT 1 FROM spent_answers WHERE hash = ${sha256(challenge)}`;
  return rows.length > 0;
}

/**
 * Did a restore bring this passkey back, and nothing has shown since that its owner still has it? Removed after the backup was made, it may be a thief's or a lost one. A use
 * behind the password, or a new password, shows it.
 */
export async function cameBack(ctx: RawCtx, { factorId }: { readonly factorId: string }): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<unknown[]>`
    SELECT 1 FROM factors f JOIN users u ON u.id = f.user_id
    WHERE f.id = ${factorId} AND EXISTS (SELECT FROM restores r WHERE r.restored_at >= GREATEST(f.confirmed_at, f.last_used_at, u.password_changed_at))`;
  return rows.length > 0;
}

/** One portal's clock may be ahead of the database's and another's behind: what is too old for the first must still be known to the second. */
const byEveryClock = (now: Date): Date => earlier(earlier(now, policy.session.clockSkew), policy.session.clockSkew);

/** Deletes up to `limit` of those that are too old to be answered once more, by any portal's clock. Out: how many. */
export const sweepSpentAnswers = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM spent_answers
  WHERE hash IN (SELECT hash FROM spent_answers WHERE expires_at < ${byEveryClock(ctx.now)} LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
