import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";

/** A browser that is known, as its owner may see it: everything but its token. */
export type KnownDevice = {
  readonly id: string;
  readonly agent: string;
  /** Its owner's own name for it. */
  readonly label: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  /** When its owner asked that it be trusted, and the kind that they proved then. */
  readonly trustedAt: Date | null;
  readonly trustedWith: string | null;
};

/** Known: under the account's present stamp, and its time is not over. */
const known = (ctx: RawCtx, userId: string): Prisma.Sql => Prisma.sql`
  FROM devices d JOIN users u ON u.id = d.user_id AND u.credential_version = d.credential_version
  WHERE d.user_id = ${userId} AND d.expires_at > ${ctx.now}`;

const columns = Prisma.sql`
  d.id, d.agent, d.label, d.created_at AS "createdAt", d.last_used_at AS "lastUsedAt", d.expires_at AS "expiresAt",
  d.trusted_at AS "trustedAt", d.trusted_with AS "trustedWith"`;

/** A person's known devices, the last used first. They have at most ten. */
export function listKnownDevices(ctx: RawCtx, userId: string): Promise<KnownDevice[]> {
  return sql(ctx).$queryRaw<KnownDevice[]>`SELECT ${columns} ${known(ctx, userId)} ORDER BY d.last_used_at DESC, d.id`;
}

/** One of them; null for anybody else's. */
export async function findKnownDevice(ctx: RawCtx, userId: string, id: string): Promise<KnownDevice | null> {
  const rows = await sql(ctx).$queryRaw<KnownDevice[]>`SELECT ${columns} ${known(ctx, userId)} AND d.id = ${id}`;
  return rows[0] ?? null;
}

/** Forgets one device of this person. True for one caller. */
export async function deleteOwnDevice(ctx: RawCtx, userId: string, id: string): Promise<boolean> {
  return (await sql(ctx).$executeRaw`DELETE FROM devices WHERE id = ${id} AND user_id = ${userId}`) === 1;
}

/** Forgets a device that one of these tokens names, whoever's it is. Out: whose it was, and which token's; null: none of them does. */
export async function deleteHeldDevice(
  ctx: RawCtx,
  id: string,
  tokenHashes: readonly string[],
): Promise<{ readonly userId: string; readonly tokenHash: string } | null> {
  const rows = await sql(ctx).$queryRaw<{ userId: string; tokenHash: string }[]>`
    DELETE FROM devices WHERE id = ${id} AND token_hash = ANY(${[...tokenHashes]}::text[]) RETURNING user_id AS "userId", token_hash AS "tokenHash"`;
  return rows[0] ?? null;
}

/** Gives one device of this person a name, or takes it away. True while it is theirs. */
export async function renameOwnDevice(ctx: RawCtx, userId: string, id: string, label: string | null): Promise<boolean> {
  const renamed = await sql(ctx)
    .$executeRaw`UPDATE devices SET label = ${label} WHERE id = ${id} AND user_id = ${userId}`;
  return renamed === 1;
}
