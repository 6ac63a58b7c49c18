import { whose } from "@/lib/audit/whose";
import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import { byClient } from "@/lib/db/by-client";
import { Prisma } from "@/lib/db/client";
import { earlier, later, milliseconds } from "@/lib/kernel/duration";
import { clients, portalClient } from "@/lib/policy/clients";
import { kindsOfLevelOne, levelOf, placeOf } from "@/lib/policy/kinds";
import { policy } from "@/lib/policy/policy";
import { type Held, kindsOf } from "@/lib/policy/second-factor";
import { boundKinds } from "@/lib/policy/traits";
import type { CurrentSession, LastProof } from "@/lib/sessions/session";
import { askableKind } from "@/lib/users/askable-kind";
import { hasWaiting } from "@/lib/waiting/store";

/**
 * The live session of a client behind a token's hash: not expired, under the person's present stamp, of nobody disabled, and
 * not idle for longer than its client allows. One that was opened or used in the future (a clock that had jumped ahead)
 * is over too: nothing revives when the clock comes back.
 */
export async function findLiveSession(
  ctx: RawCtx,
  tokenHash: string,
  clientId: string = portalClient,
): Promise<CurrentSession | null> {
  const rows = await sql(ctx).$queryRaw<Row[]>`
    SELECT s.id, s.user_id AS "userId", u.email, u.email_confirmed_at IS NOT NULL AS "isEmailConfirmed", u.username, u.is_admin AS "isAdmin", s.credential_version AS "credentialVersion", s.amr,
      s.proven_at AS "provenAt", s.proven_with AS "provenWith", s.device_id AS "deviceId", s.client_id AS "clientId", s.last_seen_at AS "lastSeenAt",
      u.set_back_to AS "setBackTo", u.policy, (SELECT jsonb_object_agg(h.kind, h.active) FROM (
        SELECT ${askableKind()} AS kind, count(*) AS active FROM factors f WHERE f.user_id = s.user_id AND f.state = 'ACTIVE' GROUP BY 1) h) AS held, ${hasWaiting(Prisma.sql`s.user_id`)} AS "hasWaiting"
    FROM sessions s JOIN users u ON u.id = s.user_id AND u.credential_version = s.credential_version AND u.disabled_at IS NULL
    WHERE s.token_hash = ${tokenHash} AND s.client_id = ${clientId} AND ${isInUse(ctx, "s")}
      AND GREATEST(s.created_at, s.last_seen_at, s.proven_at) <= ${later(ctx.now, policy.session.clockSkew)}`;
  const [row] = rows;
  if (!row) return null;
  const held = row.held ?? {};
  return { ...row, held, kinds: kindsOf(held) };
}

/** Of a session `alias`: neither its end has come, nor has it been idle for too long. */
export const isInUse = (ctx: RawCtx, alias: "s" | "sessions"): Prisma.Sql => {
  const of = Prisma.raw(alias);
  return Prisma.sql`(${of}.expires_at > ${ctx.now} AND ${of}.last_seen_at > ${idleSince(ctx, of)})`;
};

/** Whoever's last use lies before this is over, as far as its client knows such a limit, and sooner on a computer that others use too. */
function idleSince(ctx: RawCtx, of: Prisma.Sql): Prisma.Sql {
  const ofClient = byClient(Prisma.sql`${of}.client_id`, ({ idleLimit }) =>
    idleLimit === null ? Prisma.sql`'-infinity'::timestamptz` : Prisma.sql`${earlier(ctx.now, idleLimit)}::timestamptz`,
  );
  const shared = earlier(ctx.now, policy.session.sharedIdle);
  return Prisma.sql`CASE WHEN ${of}.is_shared THEN ${shared}::timestamptz ELSE ${ofClient} END`;
}

type Row = Omit<CurrentSession, "held" | "kinds"> & { readonly held: Held | null };

/** Notes that the session is in use, unless somebody noted it since `before`. */
export async function touchSession(ctx: RawCtx, id: string, before: Date): Promise<void> {
  await sql(ctx)
    .$executeRaw`UPDATE sessions SET last_seen_at = ${ctx.now} WHERE id = ${id} AND last_seen_at <= ${before}`;
}

/** A session that a claim may open: what is made up before the rows say for whom. */
export type OfferedSession = { readonly id: string; readonly tokenHash: string; readonly expiresAt: Date };

/**
 * The session's row, as parts of the statement that claims a login: for the one row of `entrant`, or for nobody. Beyond the cap those of the
 * same client that were idle the longest leave: `beyond` has their ids, and whether they were still `live`. `device` has the device's row, if there is one.
 */
export function insertSession(ctx: RawCtx, s: OfferedSession, entrant: Prisma.Sql, device: Prisma.Sql): Prisma.Sql {
  const { ip, agent } = ctx.visitor;
  return Prisma.sql`
    beyond AS (DELETE FROM sessions s USING ${entrant} AS e WHERE s.user_id = e.user_id AND s.id IN (
      SELECT id FROM sessions o WHERE o.user_id = e.user_id AND o.client_id = e.client_id ORDER BY last_seen_at DESC, id OFFSET ${policy.session.perPerson - 1}::int)
      RETURNING s.id, s.user_id, s.credential_version = e.credential_version AND ${isInUse(ctx, "s")} AS live),
    opened AS (INSERT INTO sessions (id, token_hash, user_id, challenge_id, credential_version, amr, aal, auth_time, proven_at, proven_with,
                                     device_id, client_id, is_shared, ip, agent, created_at, last_seen_at, expires_at)
      SELECT ${s.id}, ${s.tokenHash}, e.user_id, e.challenge_id, e.credential_version, e.amr,
        CASE WHEN e.proven_with = ANY(${[...kindsOfLevelOne]}::text[]) THEN 1 ELSE 2 END, now.at, now.at, e.proven_with, (SELECT id FROM ${device} AS d), e.client_id, e.is_shared, ${ip}, ${agent},
        now.at, now.at, ${s.expiresAt}::timestamptz
      FROM ${entrant} AS e, (SELECT ${ctx.now}::timestamptz AS at) AS now RETURNING id, user_id, challenge_id, amr, client_id, device_id)`;
}

/** What `insertSession` tells. The login's browser stands there too, null where none is known of it: the row goes with the session, and the owner may disown the login later. */
export const sessionEvents = Prisma.sql`
  SELECT 'session.opened' AS name, user_id AS subject_id, left(id, 8) AS session_ref,
    jsonb_build_object('challenge', challenge_id, 'amr', array_to_string(amr, ' '), ${whose}::text, client_id, 'device', device_id) AS meta FROM opened
  UNION ALL SELECT 'session.ended', user_id, left(id, 8), jsonb_build_object('why', 'cap') FROM beyond WHERE live`;

/** Did whoever opened this session say that others use the computer too? True for one that is not there. */
export async function isOnSharedComputer(ctx: RawCtx, id: string): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<
    { isShared: boolean }[]
  >`SELECT is_shared AS "isShared" FROM sessions WHERE id = ${id}`;
  return rows[0]?.isShared ?? true;
}

/** What a live session was last proven with, and what its person holds now; null when it is over. */
export async function findProof(ctx: RawCtx, id: string): Promise<LastProof | null> {
  const rows = await sql(ctx).$queryRaw<LastProof[]>`
    SELECT s.proven_at AS "provenAt", s.proven_with AS "provenWith", ARRAY(
      SELECT DISTINCT ${askableKind()} FROM factors f WHERE f.user_id = s.user_id AND f.state = 'ACTIVE') AS kinds
    FROM sessions s JOIN users u ON u.id = s.user_id AND u.credential_version = s.credential_version WHERE s.id = ${id} AND s.expires_at > ${ctx.now}`;
  return rows[0] ?? null;
}

type NewProof = { readonly id: string; readonly userId: string; readonly tokenHash: string; readonly with: string };

/** A fresh proof: a new token for the cookie, and the failures of this session are forgotten. Its level may rise, never fall. True while it lives. */
export async function renewProof(ctx: RawCtx, proof: NewProof): Promise<boolean> {
  const renewed = await sql(ctx).$executeRaw`
    UPDATE sessions SET token_hash = ${proof.tokenHash}, proven_at = ${ctx.now}, proven_with = ${proof.with}, step_up_failures = 0,
      aal = GREATEST(aal, ${levelOf(proof.with)}::int), last_seen_at = ${ctx.now}
    WHERE id = ${proof.id} AND user_id = ${proof.userId} AND expires_at > ${ctx.now}`;
  return renewed === 1;
}

/**
 * Notes a fresh proof without another token: the first code of a factor that was just bound. Beside a stronger factor nothing is noted: that
 * one was proven a moment ago, or the binding would not have begun, and a weaker proof must not take the place of it.
 */
export async function noteProof(ctx: RawCtx, id: string, userId: string, kind: string): Promise<void> {
  const stronger = boundKinds.filter((other) => placeOf(other) < placeOf(kind));
  await sql(ctx).$executeRaw`
    UPDATE sessions s SET proven_at = ${ctx.now}, proven_with = ${kind}, aal = GREATEST(s.aal, ${levelOf(kind)}::int)
    WHERE s.id = ${id} AND s.user_id = ${userId} AND NOT EXISTS (
      SELECT 1 FROM factors f WHERE f.user_id = s.user_id AND f.state = 'ACTIVE' AND ${askableKind()} = ANY(${stronger}::text[]))`;
}

/** Consumes one step-up try before its answer is judged. Null when the session's tries are used up or it is gone. */
export async function consumeStepUpTry(ctx: RawCtx, id: string): Promise<number | null> {
  const rows = await sql(ctx).$queryRaw<{ failures: number }[]>`
    UPDATE sessions SET step_up_failures = step_up_failures + 1
    WHERE id = ${id} AND step_up_failures < ${policy.session.stepUpTries}::int RETURNING step_up_failures AS failures`;
  return rows[0]?.failures ?? null;
}

/** How many more wrong answers this session stands at step-ups; none, when it is gone. */
export async function countStepUpTriesLeft(ctx: RawCtx, id: string): Promise<number> {
  const rows = await sql(ctx).$queryRaw<{ failures: number }[]>`
    SELECT step_up_failures AS failures FROM sessions WHERE id = ${id}`;
  return policy.session.stepUpTries - (rows[0]?.failures ?? policy.session.stepUpTries);
}

/** Refunds one step-up try. */
export async function refundStepUpTry(ctx: RawCtx, id: string): Promise<void> {
  await sql(ctx).$executeRaw`UPDATE sessions SET step_up_failures = GREATEST(step_up_failures - 1, 0) WHERE id = ${id}`;
}

type Restamp = {
  readonly id: string;
  readonly userId: string;
  readonly credentialVersion: number;
  /** Its new token's; an app's session keeps the one that it has. */
  readonly tokenHash?: string;
};

/** Lets the acting session live on under the person's new stamp and, of the portal's, another token. False when it is over. */
export async function restampSession(ctx: Ctx, { id, userId, ...data }: Restamp): Promise<boolean> {
  const { count } = await ctx.db.session.updateMany({ where: { id, userId, expiresAt: { gt: ctx.now } }, data });
  return count === 1;
}

/** Ends one session. True for one caller. */
export async function deleteSession(ctx: RawCtx, id: string, userId: string): Promise<boolean> {
  return (await sql(ctx).$executeRaw`DELETE FROM sessions WHERE id = ${id} AND user_id = ${userId}`) === 1;
}

/** Ends all sessions of a person but `exceptId`; says how many of them were still live. */
export async function deleteOtherSessions(ctx: RawCtx, userId: string, exceptId: string | null): Promise<number> {
  const gone = await sql(ctx).$queryRaw<{ live: boolean }[]>`
    DELETE FROM sessions WHERE user_id = ${userId} AND id IS DISTINCT FROM ${exceptId}
    RETURNING ${isInUse(ctx, "sessions")} AS live`;
  return gone.filter((row) => row.live).length;
}

/** Ends all sessions of a person that were opened on one device; says how many of them were still live. */
export async function deleteSessionsOn(
  ctx: RawCtx,
  {
    userId,
    deviceId,
    exceptId,
  }: { readonly userId: string; readonly deviceId: string; readonly exceptId: string | null },
): Promise<number> {
  const gone = await sql(ctx).$queryRaw<{ live: boolean }[]>`
    DELETE FROM sessions WHERE user_id = ${userId} AND device_id = ${deviceId} AND id IS DISTINCT FROM ${exceptId} RETURNING ${isInUse(ctx, "sessions")} AS live`;
  return gone.filter(({ live }) => live).length;
}

/** Ends all sessions of a client; says how many of them had not expired. */
export async function deleteSessionsOf(ctx: RawCtx, clientId: string): Promise<number> {
  const gone = await sql(ctx).$queryRaw<{ live: boolean }[]>`
    DELETE FROM sessions WHERE client_id = ${clientId} RETURNING expires_at > ${ctx.now} AS live`;
  return gone.filter(({ live }) => live).length;
}

/** Another token for an app's live session, while it still has the one before. True for one caller. */
export async function replaceToken(
  ctx: RawCtx,
  { id, from, to }: { readonly id: string; readonly from: string; readonly to: string },
): Promise<boolean> {
  return (
    (await sql(ctx).$executeRaw`UPDATE sessions SET token_hash = ${to} WHERE id = ${id} AND token_hash = ${from}`) === 1
  );
}

const idleLimits = Object.values(clients).map(({ idleLimit }) => idleLimit ?? Infinity);
const shortestIdle = milliseconds(Math.min(policy.session.sharedIdle, ...idleLimits));

/**
 * Deletes up to `limit` sessions that are over or were idle too long, but those that somebody holds. Out: how many. Said twice, since an index
 * knows nothing of clients: nobody's session is idle before the shortest of their limits.
 */
export const sweepSessions = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < ${ctx.now}
    OR last_seen_at < ${earlier(ctx.now, shortestIdle)} AND last_seen_at < ${idleSince(ctx, Prisma.sql`sessions`)}
    LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
