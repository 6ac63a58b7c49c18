import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";

/** A browser that is known, as its owner may see it: everything but its token. */
export type KnownDevice = {
  readonly id: string;
  readonly agent: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
};

/** Known: under the account's present stamp, and its time is not over. */
const known = (ctx: RawCtx, userId: string): Prisma.Sql => Prisma.sql`
  FROM devices d JOIN users u ON u.id = d.user_id AND u.credential_version = d.credential_version
  WHERE d.user_id = ${userId} AND d.expires_at > ${ctx.now}`;

const columns = Prisma.sql`
  d.id, d.agent, d.created_at AS "createdAt", d.last_used_at AS "lastUsedAt", d.expires_at AS "expiresAt"`;

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
