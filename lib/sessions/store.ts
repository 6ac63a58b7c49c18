import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import { earlier, later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import type { CurrentSession } from "@/lib/sessions/session";

/**
 * The live session behind a token's hash: not expired, not idle, under the person's present stamp, of nobody disabled. One that was opened or
 * used in the future (a clock that had jumped ahead) is over too: nothing revives when the clock comes back.
 */
export async function findLiveSession(ctx: RawCtx, tokenHash: string): Promise<CurrentSession | null> {
  const idleSince = earlier(ctx.now, policy.session.idle);
  const rows = await sql(ctx).$queryRaw<CurrentSession[]>`
    SELECT s.id, s.user_id AS "userId", u.email, u.username, u.is_admin AS "isAdmin", s.credential_version AS "credentialVersion", s.amr,
      s.proven_at AS "provenAt", s.proven_with AS "provenWith", s.device_id AS "deviceId", s.last_seen_at AS "lastSeenAt",
      EXISTS (SELECT 1 FROM factors f WHERE f.user_id = s.user_id AND f.state = 'ACTIVE') AS "hasFactor"
    FROM sessions s JOIN users u ON u.id = s.user_id AND u.credential_version = s.credential_version AND u.disabled_at IS NULL
    WHERE s.token_hash = ${tokenHash} AND s.expires_at > ${ctx.now} AND s.last_seen_at > ${idleSince}
      AND GREATEST(s.created_at, s.last_seen_at, s.proven_at) <= ${later(ctx.now, policy.session.clockSkew)}`;
  return rows[0] ?? null;
}

/** Notes that the session is in use, unless somebody noted it since `before`. */
export async function touchSession(ctx: RawCtx, id: string, before: Date): Promise<void> {
  await sql(ctx)
    .$executeRaw`UPDATE sessions SET last_seen_at = ${ctx.now} WHERE id = ${id} AND last_seen_at <= ${before}`;
}

export type NewSession = {
  readonly id: string;
  readonly tokenHash: string;
  readonly userId: string;
  readonly challengeId: string;
  readonly credentialVersion: number;
  readonly amr: readonly string[];
  readonly aal: number;
  readonly provenWith: string;
  readonly deviceId: string | null;
  readonly expiresAt: Date;
};

/** A new session; beyond the cap the one that was idle the longest leaves, in the same statement. Out: those that left while they were live. */
export async function insertSession(ctx: RawCtx, s: NewSession): Promise<readonly string[]> {
  const { ip, agent } = ctx.visitor;
  const idleSince = earlier(ctx.now, policy.session.idle);
  const left = await sql(ctx).$queryRaw<{ id: string }[]>`
    WITH beyond AS (DELETE FROM sessions WHERE id IN (
      SELECT id FROM sessions WHERE user_id = ${s.userId} ORDER BY last_seen_at DESC, id OFFSET ${policy.session.perPerson - 1}::int)
      RETURNING id, credential_version = ${s.credentialVersion}::int AND expires_at > ${ctx.now} AND last_seen_at > ${idleSince} AS live),
    opened AS (INSERT INTO sessions (id, token_hash, user_id, challenge_id, credential_version, amr, aal, auth_time, proven_at, proven_with,
                          device_id, ip, agent, created_at, last_seen_at, expires_at)
    VALUES (${s.id}, ${s.tokenHash}, ${s.userId}, ${s.challengeId}, ${s.credentialVersion}::int, ${[...s.amr]}::text[], ${s.aal}::int, ${ctx.now}, ${ctx.now},
            ${s.provenWith}, ${s.deviceId}, ${ip}, ${agent}, ${ctx.now}, ${ctx.now}, ${s.expiresAt}))
    SELECT id FROM beyond WHERE live`;
  return left.map(({ id }) => id);
}

type NewProof = { readonly id: string; readonly userId: string; readonly tokenHash: string; readonly with: string };

/** A fresh proof: a new token for the cookie, and the failures of this session are forgotten. True while it lives. */
export async function renewProof(ctx: RawCtx, proof: NewProof): Promise<boolean> {
  const renewed = await sql(ctx).$executeRaw`
    UPDATE sessions SET token_hash = ${proof.tokenHash}, proven_at = ${ctx.now}, proven_with = ${proof.with}, step_up_failures = 0,
      last_seen_at = ${ctx.now}
    WHERE id = ${proof.id} AND user_id = ${proof.userId} AND expires_at > ${ctx.now}`;
  return renewed === 1;
}

/** Notes a fresh proof without another token: the first code of a factor that was just bound. */
export async function noteProof(ctx: Ctx, id: string, userId: string, kind: string): Promise<void> {
  await ctx.db.session.updateMany({ where: { id, userId }, data: { provenAt: ctx.now, provenWith: kind, aal: 2 } });
}

/** Counts a judged step-up answer before it is judged. Null when the session's tries are used up or it is gone. */
export async function countStepUpTry(ctx: RawCtx, id: string): Promise<number | null> {
  const rows = await sql(ctx).$queryRaw<{ failures: number }[]>`
    UPDATE sessions SET step_up_failures = step_up_failures + 1
    WHERE id = ${id} AND step_up_failures < ${policy.session.stepUpTries}::int RETURNING step_up_failures AS failures`;
  return rows[0]?.failures ?? null;
}

/** Takes back one counted step-up try. */
export async function uncountStepUpTry(ctx: RawCtx, id: string): Promise<void> {
  await sql(ctx).$executeRaw`UPDATE sessions SET step_up_failures = GREATEST(step_up_failures - 1, 0) WHERE id = ${id}`;
}

type Restamp = {
  readonly id: string;
  readonly userId: string;
  readonly credentialVersion: number;
  readonly tokenHash: string;
};

/** Lets the acting session live on under the person's new stamp and another token. False when it is over. */
export async function restampSession(ctx: Ctx, { id, userId, ...data }: Restamp): Promise<boolean> {
  const { count } = await ctx.db.session.updateMany({ where: { id, userId, expiresAt: { gt: ctx.now } }, data });
  return count === 1;
}

/** Ends one session. True for one caller. */
export async function deleteSession(ctx: Ctx, id: string, userId: string): Promise<boolean> {
  const { count } = await ctx.db.session.deleteMany({ where: { id, userId } });
  return count === 1;
}

/** Ends all sessions of a person but `exceptId`; says how many of them were still live. */
export async function deleteOtherSessions(ctx: RawCtx, userId: string, exceptId: string | null): Promise<number> {
  const idleSince = earlier(ctx.now, policy.session.idle);
  const gone = await sql(ctx).$queryRaw<{ live: boolean }[]>`
    DELETE FROM sessions WHERE user_id = ${userId} AND id IS DISTINCT FROM ${exceptId}
    RETURNING (expires_at > ${ctx.now} AND last_seen_at > ${idleSince}) AS live`;
  return gone.filter((row) => row.live).length;
}
