import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import { policy } from "@/lib/policy/policy";

/** The id of a live trusted device of exactly this person under their present stamp, or null. */
export async function findTrustedDevice(ctx: RawCtx, tokenHash: string, userId: string): Promise<string | null> {
  const rows = await sql(ctx).$queryRaw<{ id: string }[]>`
    SELECT d.id FROM trusted_devices d JOIN users u ON u.id = d.user_id AND u.credential_version = d.credential_version
    WHERE d.token_hash = ${tokenHash} AND d.user_id = ${userId} AND d.expires_at > ${ctx.now}`;
  return rows[0]?.id ?? null;
}

type NewDevice = {
  readonly id: string;
  readonly tokenHash: string;
  readonly userId: string;
  readonly credentialVersion: number;
  readonly expiresAt: Date;
};

/** A new device; beyond the cap, and void under the present stamp, the oldest go in the same statement. */
export async function insertTrustedDevice(ctx: RawCtx, d: NewDevice): Promise<void> {
  await sql(ctx).$executeRaw`
    WITH beyond AS (DELETE FROM trusted_devices WHERE user_id = ${d.userId} AND id NOT IN (
      SELECT id FROM trusted_devices WHERE user_id = ${d.userId} AND credential_version = ${d.credentialVersion}::int AND expires_at > ${ctx.now}
      ORDER BY last_used_at DESC, id LIMIT ${policy.trustedDevice.perPerson - 1}::int))
    INSERT INTO trusted_devices (id, token_hash, user_id, credential_version, agent, created_at, last_used_at, expires_at)
    VALUES (${d.id}, ${d.tokenHash}, ${d.userId}, ${d.credentialVersion}::int, ${ctx.visitor.agent}, ${ctx.now}, ${ctx.now}, ${d.expiresAt})`;
}

/** Notes that a device was used: beyond the cap the one that was used the longest ago goes. */
export async function touchTrustedDevice(ctx: RawCtx, id: string): Promise<boolean> {
  return (await sql(ctx).$executeRaw`UPDATE trusted_devices SET last_used_at = ${ctx.now} WHERE id = ${id}`) === 1;
}

export async function deleteTrustedDevice(ctx: RawCtx, id: string): Promise<boolean> {
  return (await sql(ctx).$executeRaw`DELETE FROM trusted_devices WHERE id = ${id}`) === 1;
}

/** The acting device lives on under the person's new stamp; all others are void. */
export async function restampDevice(ctx: Ctx, id: string, userId: string, credentialVersion: number): Promise<void> {
  await ctx.db.trustedDevice.updateMany({ where: { id, userId }, data: { credentialVersion } });
}
