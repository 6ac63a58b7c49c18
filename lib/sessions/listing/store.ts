import { type RawCtx, sql } from "@/lib/context/context";
import { byClient } from "@/lib/db/by-client";
import { Prisma } from "@/lib/db/client";
import { isInUse } from "@/lib/sessions/store";

/** A live session as its owner may see it: everything but its token. */
export type LiveSession = {
  readonly id: string;
  readonly clientId: string;
  readonly agent: string;
  readonly ip: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  /** What was proven at its login. */
  readonly amr: readonly string[];
  /** It was opened in a browser that is still known. */
  readonly isKnown: boolean;
  /** On a computer that others use too. */
  readonly isShared: boolean;
};

/** The live sessions of one app: how many, and when the last of them was seen. */
export type AppSessions = { readonly clientId: string; readonly count: number; readonly lastSeenAt: Date };

/** Live: neither over nor idle for too long, and under the account's present stamp. */
const live = (ctx: RawCtx, userId: string): Prisma.Sql => Prisma.sql`
  FROM sessions s JOIN users u ON u.id = s.user_id AND u.credential_version = s.credential_version
  WHERE s.user_id = ${userId} AND ${isInUse(ctx, "s")}`;

const columns = (ctx: RawCtx): Prisma.Sql => Prisma.sql`
  s.id, s.client_id AS "clientId", s.agent, s.ip, s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt", s.amr, s.is_shared AS "isShared",
  EXISTS (SELECT FROM devices d WHERE d.id = s.device_id AND d.user_id = s.user_id AND d.credential_version = s.credential_version
    AND d.expires_at > ${ctx.now}) AS "isKnown"`;

/** A person's live sessions through one client, the last used first. A client has at most twenty of a person. */
export function listLiveSessions(ctx: RawCtx, userId: string, clientId: string): Promise<LiveSession[]> {
  return sql(ctx).$queryRaw<LiveSession[]>`
    SELECT ${columns(ctx)} ${live(ctx, userId)} AND s.client_id = ${clientId} ORDER BY s.last_seen_at DESC, s.id`;
}

/** A person's live sessions through whichever client, the last used first, `limit` of them. */
export function listEveryLiveSession(ctx: RawCtx, userId: string, limit: number): Promise<LiveSession[]> {
  return sql(ctx).$queryRaw<LiveSession[]>`
    SELECT ${columns(ctx)} ${live(ctx, userId)} ORDER BY s.last_seen_at DESC, s.id LIMIT ${limit}::int`;
}

/** One live session of this person, through whichever client; null for anybody else's. */
export async function findLiveSessionOf(ctx: RawCtx, userId: string, id: string): Promise<LiveSession | null> {
  const rows = await sql(ctx).$queryRaw<LiveSession[]>`SELECT ${columns(ctx)} ${live(ctx, userId)} AND s.id = ${id}`;
  return rows[0] ?? null;
}

const isRegistered = byClient(Prisma.sql`s.client_id`, (traits) => Prisma.sql`${traits.isRegistered}::boolean`);

/** A place in the list of apps: the last one that was shown. */
export type AppPlace = Pick<AppSessions, "clientId" | "lastSeenAt">;

/** The apps through which this person is logged in, the last used first, from `after` on, `limit` of them; null: all, which reads each session once. */
export function listAppSessions(
  ctx: RawCtx,
  userId: string,
  { after, limit }: { readonly after: AppPlace | null; readonly limit: number | null },
): Promise<AppSessions[]> {
  const from = after
    ? Prisma.sql`HAVING (max(s.last_seen_at), s.client_id) < (${after.lastSeenAt}::timestamptz, ${after.clientId})`
    : Prisma.empty;
  return sql(ctx).$queryRaw<AppSessions[]>`
    SELECT s.client_id AS "clientId", count(*)::int AS count, max(s.last_seen_at) AS "lastSeenAt" ${live(ctx, userId)}
      AND ${isRegistered} GROUP BY s.client_id ${from} ORDER BY max(s.last_seen_at) DESC, s.client_id DESC LIMIT ${limit}::int`;
}

/** How many live sessions a person has: a part of a statement. */
export const liveSessions = (ctx: RawCtx, userId: string): Prisma.Sql =>
  Prisma.sql`(SELECT count(*)::int ${live(ctx, userId)})`;

/** How many live sessions a person has besides this one, through whichever client. */
export async function countOtherSessions(ctx: RawCtx, userId: string, exceptId: string): Promise<number> {
  const rows = await sql(ctx).$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count ${live(ctx, userId)} AND s.id <> ${exceptId}`;
  return rows[0]?.count ?? 0;
}

/** Ends a person's sessions through one client. Out: how many of them were live. */
export async function deleteClientSessions(ctx: RawCtx, userId: string, clientId: string): Promise<number> {
  const gone = await sql(ctx).$queryRaw<{ live: boolean }[]>`
    DELETE FROM sessions WHERE user_id = ${userId} AND client_id = ${clientId} RETURNING ${isInUse(ctx, "sessions")} AS live`;
  return gone.filter((row) => row.live).length;
}

/** A login that was, as its session or its event tells it. `deviceId`: null where its browser became no known one; and where that is not `isOnRecord`, as in events of before they named it. */
export type PastLogin = { readonly deviceId: string | null; readonly isOnRecord: boolean };

/** A login of this person by the beginning of its session's id, as events name it, for as long as those are kept. Null for anybody else's, and for none. */
export async function findLoginByRef(ctx: RawCtx, userId: string, ref: string): Promise<PastLogin | null> {
  const rows = await sql(ctx).$queryRaw<PastLogin[]>`
    SELECT device_id AS "deviceId", true AS "isOnRecord", 1 AS place FROM sessions WHERE user_id = ${userId} AND left(id, 8) = ${ref}
    UNION ALL (SELECT e.meta->>'device', jsonb_exists(e.meta, 'device'), 2 FROM security_events e
      WHERE e.subject_id = ${userId} AND e.name = 'session.opened' AND e.session_ref = ${ref} ORDER BY e.at DESC LIMIT 1)
    ORDER BY place LIMIT 1`;
  const [row] = rows;
  return row ? { deviceId: row.deviceId, isOnRecord: row.isOnRecord } : null;
}

/** Ends a person's session by the beginning of its id, as events name it. Out: its id, and whether it lived until now; null: it was gone. */
export async function deleteSessionByRef(
  ctx: RawCtx,
  userId: string,
  ref: string,
): Promise<{ readonly id: string; readonly isLive: boolean } | null> {
  const rows = await sql(ctx).$queryRaw<{ id: string; isLive: boolean }[]>`
    DELETE FROM sessions s USING users u WHERE u.id = s.user_id AND s.user_id = ${userId} AND left(s.id, 8) = ${ref}
    RETURNING s.id, s.credential_version = u.credential_version AND ${isInUse(ctx, "s")} AS "isLive"`;
  return rows[0] ?? null;
}
