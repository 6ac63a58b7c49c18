import { type RawCtx, sql } from "@/lib/context/context";
import type { LastSent } from "@/lib/factors/strategy";
import { type Duration, later } from "@/lib/kernel/duration";

/** A code that was sent and not spent yet. `factorId` null: it went to the account's own address, where no factor is. */
export type SentCode = { readonly id: string; readonly hash: string; readonly factorId: string | null };

type NewCode = SentCode & {
  readonly userId: string;
  readonly purpose: string;
  readonly challengeId: string | null;
  readonly lifetime: Duration;
};

export async function insertCode(ctx: RawCtx, code: NewCode): Promise<void> {
  await sql(ctx).$executeRaw`
    INSERT INTO one_time_codes (id, purpose, hash, user_id, challenge_id, factor_id, created_at, expires_at)
    VALUES (${code.id}, ${code.purpose}, ${code.hash}, ${code.userId}, ${code.challengeId}, ${code.factorId}, ${ctx.now},
            ${later(ctx.now, code.lifetime)})`;
}

/** Whose codes: of one challenge (null: of none, but of the account), or of one pending factor, for one purpose. */
export type CodesOf = { readonly purpose: string; readonly userId: string } & (
  | { readonly challengeId: string | null }
  | { readonly factorId: string }
);

/** The codes that may be typed now: every one that was sent for this step and is neither spent nor too old. */
export function listLiveCodes(ctx: RawCtx, of: CodesOf): Promise<SentCode[]> {
  const { purpose, userId } = of;
  const [challengeId, factorId] = "challengeId" in of ? [of.challengeId, null] : [null, of.factorId];
  return sql(ctx).$queryRaw<SentCode[]>`
    SELECT id, hash, factor_id AS "factorId" FROM one_time_codes
    WHERE user_id = ${userId} AND purpose = ${purpose} AND challenge_id IS NOT DISTINCT FROM ${challengeId}
      AND (${factorId}::text IS NULL OR factor_id = ${factorId}) AND consumed_at IS NULL AND expires_at > ${ctx.now} ORDER BY created_at`;
}

/** Spends a code and notes the use of its factor, while that is active: true for one caller, never for a replay. */
export async function spendCode(ctx: RawCtx, id: string, purpose: string): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ isSpent: boolean }[]>`
    WITH spent AS (
      UPDATE one_time_codes SET consumed_at = ${ctx.now}
      WHERE id = ${id} AND purpose = ${purpose} AND consumed_at IS NULL AND expires_at > ${ctx.now} RETURNING factor_id, user_id
    ), used AS (
      UPDATE factors f SET last_used_at = ${ctx.now} FROM spent
      WHERE f.id = spent.factor_id AND f.user_id = spent.user_id AND f.state = 'ACTIVE' RETURNING f.id
    ) SELECT EXISTS (SELECT FROM spent WHERE factor_id IS NULL) OR EXISTS (SELECT FROM used) AS "isSpent"`;
  return rows[0]?.isSpent === true;
}

/** What was sent last for a step, and how often it was. */
export async function findLastSent(ctx: RawCtx, of: CodesOf): Promise<LastSent | null> {
  const { purpose, userId } = of;
  const [challengeId, factorId] = "challengeId" in of ? [of.challengeId, null] : [null, of.factorId];
  const rows = await sql(ctx).$queryRaw<LastSent[]>`
    SELECT factor_id AS "factorId", created_at AS at, count(*) OVER ()::int AS count FROM one_time_codes
    WHERE user_id = ${userId} AND purpose = ${purpose} AND challenge_id IS NOT DISTINCT FROM ${challengeId}
      AND (${factorId}::text IS NULL OR factor_id = ${factorId}) ORDER BY created_at DESC LIMIT 1`;
  return rows[0] ?? null;
}

/** Deletes up to `limit` codes that are too old, but those that somebody holds. Out: how many. */
export const sweepCodes = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM one_time_codes WHERE id IN (SELECT id FROM one_time_codes WHERE expires_at < ${ctx.now} LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
