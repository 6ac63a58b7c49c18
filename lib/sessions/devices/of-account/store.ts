import { type RawCtx, sql } from "@/lib/context/context";

/** The live known device of this very account behind one of a cookie's tokens, hashed; null: the browser is none. */
export async function findDeviceOf(
  ctx: RawCtx,
  userId: string,
  tokenHashes: readonly string[],
): Promise<string | null> {
  const rows = await sql(ctx).$queryRaw<{ id: string }[]>`
    SELECT d.id FROM devices d JOIN users u ON u.id = d.user_id AND u.credential_version = d.credential_version
    WHERE d.user_id = ${userId} AND d.token_hash = ANY(${[...tokenHashes]}::text[]) AND d.expires_at > ${ctx.now} LIMIT 1`;
  return rows[0]?.id ?? null;
}
