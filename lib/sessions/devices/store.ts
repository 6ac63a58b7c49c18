import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { policy } from "@/lib/policy/policy";
import { type AccountName, accountNamed } from "@/lib/users/store";
import type { Account } from "@/lib/users/user";

/** Whoever knocks: the account behind the name, if there is one, and its known device behind the device cookie, if it is one. `beside`: what was asked besides. */
export type Knocker<Beside = null> = {
  readonly account: Account | null;
  readonly deviceId: string | null;
  readonly beside: Beside | null;
};

/** What somebody wants to know of the account besides, by its id there: one column. */
export type Besides = (userId: Prisma.Sql) => Prisma.Sql;

/**
 * The account behind a name and the live known device behind one of a cookie's tokens, in one statement that does the same for a name that
 * nobody has: a made-up cookie must not tell who exists (ASVS 5.0, 6.3.8). A device counts only when it is exactly that account's, under its present stamp.
 */
export async function findKnocker<Beside>(
  ctx: RawCtx,
  name: AccountName,
  tokenHashes: readonly string[],
  besides: Besides = () => Prisma.sql`NULL`,
): Promise<Knocker<Beside>> {
  const rows = await sql(ctx).$queryRaw<(Partial<Account> & Omit<Knocker<Beside>, "account">)[]>`
    SELECT a.*, CASE WHEN d.user_id = a.id AND d.credential_version = a."credentialVersion" THEN d.id END AS "deviceId",
      ${besides(Prisma.sql`a.id`)} AS beside
    FROM (VALUES (1)) AS once LEFT JOIN (${accountNamed(name)}) AS a ON true
    LEFT JOIN devices d ON d.token_hash = ANY(${[...tokenHashes]}::text[]) AND d.expires_at > ${ctx.now}
    ORDER BY "deviceId" NULLS LAST LIMIT 1`;
  const [found] = rows;
  if (!found) return nobody;
  const { deviceId, beside, ...account } = found;
  return isAccount(account) ? { account, deviceId, beside } : nobody;
}

const nobody = { account: null, deviceId: null, beside: null } as const;

/** Without an account every column of it is null. */
const isAccount = (found: Partial<Account>): found is Account => typeof found.id === "string";

/** A device that a claim may make known: what is made up before the rows say whose it is. */
export type OfferedDevice = {
  readonly id: string;
  readonly tokenHash: string;
  readonly expiresAt: Date;
  /** What the browser's cookie has held until now, hashed, the newest first. */
  readonly before: readonly string[];
};

/**
 * The device of a login, as parts of the statement that claims it. The one that the `entrant` came with is noted as used; one that was
 * forgotten between the doors is no device any more. Whoever has none and proved a kind of `deviceKinds` gets the offered one; beyond the cap,
 * and void under the present stamp, the oldest go. `device` has its row, `added` too if it is new. `beside`: which tokens of the cookie
 * stay there with a new one, other people's that are good; the rows of all others go, for no browser will bring them again.
 */
export function knowDevice(
  ctx: RawCtx,
  d: OfferedDevice,
  entrant: Prisma.Sql,
  deviceKinds: readonly string[],
): Prisma.Sql {
  const before = Prisma.sql`${[...d.before]}::text[]`;
  return Prisma.sql`
    known AS (UPDATE devices t SET last_used_at = ${ctx.now}, credential_version = e.credential_version FROM ${entrant} AS e WHERE t.id = e.device_id RETURNING t.id),
    added AS (INSERT INTO devices (id, token_hash, user_id, credential_version, agent, created_at, last_used_at, expires_at)
      SELECT ${d.id}, ${d.tokenHash}, e.user_id, e.credential_version, ${ctx.visitor.agent}, now.at, now.at, ${d.expiresAt}::timestamptz
      FROM ${entrant} AS e, (SELECT ${ctx.now}::timestamptz AS at) AS now
      WHERE e.proven_with = ANY(${[...deviceKinds]}::text[]) AND NOT EXISTS (SELECT FROM known) RETURNING id, user_id, credential_version),
    beside AS (SELECT b.token_hash FROM added JOIN devices b ON b.token_hash = ANY(${before}) AND b.user_id <> added.user_id AND b.expires_at > ${ctx.now}
      JOIN users u ON u.id = b.user_id AND u.credential_version = b.credential_version
      ORDER BY array_position(${before}, b.token_hash) LIMIT ${policy.device.perBrowser - 1}::int),
    replaced AS (DELETE FROM devices t USING added WHERE t.token_hash = ANY(${before}) AND t.token_hash NOT IN (SELECT token_hash FROM beside)),
    outdated AS (DELETE FROM devices t USING added WHERE t.user_id = added.user_id AND NOT t.token_hash = ANY(${before}) AND t.id NOT IN (
      SELECT id FROM devices o WHERE o.user_id = added.user_id AND o.credential_version = added.credential_version
      AND o.expires_at > ${ctx.now} AND NOT o.token_hash = ANY(${before}) ORDER BY o.last_used_at DESC, o.id LIMIT ${policy.device.perPerson - 1}::int)),
    device AS (SELECT id FROM known UNION ALL SELECT id FROM added)`;
}

/** In the place of `knowDevice` where no browser's cookie could remember the login: an app's. */
export const noDevice: Prisma.Sql = Prisma.sql`
    known AS (SELECT WHERE false), added AS (SELECT NULL::text AS id, NULL::text AS user_id WHERE false), beside AS (SELECT NULL::text AS token_hash WHERE false), device AS (SELECT id FROM added)`;

/** What `knowDevice` tells. */
export const deviceEvents: Prisma.Sql = Prisma.sql`
  SELECT 'device.trusted' AS name, user_id AS subject_id, NULL AS session_ref, jsonb_build_object('device', id) AS meta FROM added`;

export async function deleteDevice(ctx: RawCtx, id: string): Promise<boolean> {
  return (await sql(ctx).$executeRaw`DELETE FROM devices WHERE id = ${id}`) === 1;
}

/** Forgets a person's devices but `exceptId`. Out: how many of them were still known. */
export async function deleteOtherDevices(ctx: RawCtx, userId: string, exceptId: string | null): Promise<number> {
  const gone = await sql(ctx).$queryRaw<{ known: boolean }[]>`
    DELETE FROM devices d USING users u WHERE u.id = d.user_id AND d.user_id = ${userId} AND d.id IS DISTINCT FROM ${exceptId}
    RETURNING d.credential_version = u.credential_version AND d.expires_at > ${ctx.now} AS known`;
  return gone.filter(({ known }) => known).length;
}

/** The acting device lives on under the person's new stamp; all others are void. */
export async function restampDevice(ctx: Ctx, id: string, userId: string, credentialVersion: number): Promise<void> {
  await ctx.db.device.updateMany({ where: { id, userId }, data: { credentialVersion } });
}

/** Deletes up to `limit` devices that are known no longer, but those that somebody holds. Out: how many. */
export const sweepDevices = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM devices WHERE id IN (SELECT id FROM devices WHERE expires_at < ${ctx.now} LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
