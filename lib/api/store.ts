import { type RawCtx, sql } from "@/lib/context/context";
import { earlier } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** A key pair of one week. `secret`: the private key, sealed. */
export type StoredKey = { readonly id: string; readonly secret: string };

export async function findPublicKey(ctx: RawCtx, id: string): Promise<string | null> {
  const rows = await sql(ctx).$queryRaw<{ publicKey: string }[]>`
    SELECT public_key AS "publicKey" FROM password_keys WHERE id = ${id}`;
  return rows[0]?.publicKey ?? null;
}

/** True for the one caller whose pair becomes that week's. */
export async function insertPasswordKey(
  ctx: RawCtx,
  { id, publicKey, secret }: StoredKey & { readonly publicKey: string },
): Promise<boolean> {
  const inserted = await sql(ctx).$executeRaw`
    INSERT INTO password_keys (id, public_key, secret, created_at) VALUES (${id}, ${publicKey}, ${secret}, ${ctx.now}::timestamptz)
    ON CONFLICT (id) DO NOTHING`;
  return inserted === 1;
}

/** The pairs that were made after `since`, the newest first. */
export function listPasswordKeys(ctx: RawCtx, since: Date): Promise<StoredKey[]> {
  return sql(ctx).$queryRaw<StoredKey[]>`
    SELECT id, secret FROM password_keys WHERE created_at > ${since}::timestamptz ORDER BY created_at DESC LIMIT 4`;
}

/** Deletes up to `limit` key pairs under which no password is accepted any more. Out: how many. */
export const sweepPasswordKeys = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM password_keys WHERE id IN (SELECT id FROM password_keys WHERE created_at <= ${earlier(ctx.now, policy.passwordKey.acceptedFor)}
    LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
