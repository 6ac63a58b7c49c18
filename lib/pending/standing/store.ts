import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { usableKinds } from "@/lib/factors/on-offer";
import type { HeldSince } from "@/lib/factors/removal-rule";
import type { Owner } from "@/lib/pending/pending-kind";
import type { Standing } from "@/lib/pending/standing/standing";
import type { ChannelName } from "@/lib/policy/channels";
import { askableKind } from "@/lib/users/askable-kind";

/** Where the person of a live session stands; null when it is over. */
export async function findStanding(ctx: RawCtx, sessionId: string): Promise<Standing | null> {
  const rows = await sql(ctx).$queryRaw<(Omit<Standing, "askable"> & { readonly policy: unknown })[]>`
    SELECT s.auth_time AS "authTime", s.proven_at AS "provenAt", s.proven_with AS "provenWith", d.created_at AS "deviceSince",
      u.password_changed_at AS "passwordChangedAt", u.created_at AS "accountSince", u.policy,
      ARRAY(SELECT DISTINCT ${askableKind()} FROM factors f WHERE f.user_id = u.id AND f.state = 'ACTIVE') AS kinds,
      (SELECT max(f.confirmed_at) FROM factors f WHERE f.user_id = u.id AND f.state = 'ACTIVE' AND ${askableKind()} = s.proven_with) AS "youngestProvenAt"
    FROM sessions s JOIN users u ON u.id = s.user_id AND u.credential_version = s.credential_version
    LEFT JOIN devices d ON d.id = s.device_id AND d.user_id = s.user_id AND d.credential_version = u.credential_version AND d.expires_at > ${ctx.now}
    WHERE s.id = ${sessionId} AND s.expires_at > ${ctx.now}`;
  const [row] = rows;
  if (row === undefined) return null;
  const { policy, ...standing } = row;
  return { ...standing, askable: usableKinds({ policy }).filter((kind) => row.kinds.includes(kind)) };
}

/** An account as a change of it is judged; null when it is gone. */
export async function findOwner(ctx: RawCtx, userId: string): Promise<Omit<Owner, "askedAt" | "acting"> | null> {
  const rows = await sql(ctx).$queryRaw<Omit<Owner, "askedAt" | "acting">[]>`
    SELECT id, email, is_admin AS "isAdmin", policy, credential_version AS "credentialVersion", disabled_at AS "disabledAt", language,
      password_changed_at AS "passwordChangedAt" FROM users WHERE id = ${userId}`;
  return rows[0] ?? null;
}

/** An active factor, since when there is its account, and what the operator asks of its person apart. */
export type HeldOf = HeldSince & { readonly accountSince: Date; readonly policy: unknown };

/** The active factors of an account, but those of names that the portal has given up: they stand for nothing. */
export const listHeldOf = (ctx: RawCtx, userId: string): Promise<HeldOf[]> => sql(ctx).$queryRaw<HeldOf[]>`
  SELECT f.id, f.kind, COALESCE(f.confirmed_at, f.created_at) AS since, u.created_at AS "accountSince", u.policy
  FROM factors f JOIN users u ON u.id = f.user_id WHERE f.user_id = ${userId} AND f.state = 'ACTIVE' AND f.kind = ${askableKind()}`;

/** A change whose wait does not count yet and can begin: one of its letters has left, or none has and none can any more. */
export type Uncounted = {
  readonly id: string;
  readonly userId: string;
  readonly kind: string;
  readonly email: string;
  readonly askedAt: Date;
  readonly waitHours: number;
  readonly ip: string;
  readonly agent: string;
  readonly hasLeft: boolean;
};

type Listing = {
  /** The channels that letters can leave by at present. */
  readonly open: readonly ChannelName[];
  /** The last one that was read; null: none. */
  readonly after: Pick<Uncounted, "askedAt" | "id"> | null;
  readonly limit: number;
};

/** Changes whose wait can begin, the oldest first. Those whose letters still wait to leave are not among them, however many there are. */
export function listUncounted(ctx: RawCtx, { open, after, limit }: Listing): Promise<Uncounted[]> {
  const behind = after
    ? Prisma.sql`AND (p.asked_at, p.id) > (${after.askedAt}::timestamptz, ${after.id})`
    : Prisma.empty;
  return sql(ctx).$queryRaw<Uncounted[]>`
    SELECT p.id, p.user_id AS "userId", p.kind, u.email, p.asked_at AS "askedAt", p.wait_hours AS "waitHours", p.ip, p.agent, count(l.sent_at) > 0 AS "hasLeft"
    FROM pending_changes p JOIN users u ON u.id = p.user_id LEFT JOIN letters l ON l.id = ANY(p.notice_ids)
    WHERE p.state = 'WAITING' AND p.due_at IS NULL ${behind} GROUP BY p.id, u.id
    HAVING count(l.sent_at) > 0 OR count(l.id) FILTER (WHERE l.sent_at IS NULL AND l.parked_at IS NULL AND (l.expires_at IS NULL OR l.expires_at > ${ctx.now})
      AND l.channel = ANY(${[...open]}::text[])) = 0
    ORDER BY p.asked_at, p.id LIMIT ${limit}::int`;
}
