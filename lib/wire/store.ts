import { type RawCtx, sql } from "@/lib/context/context";

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
