import { type RawCtx, sql } from "@/lib/context/context";

/**
 * After a restore: raises every security stamp, so that nothing that was opened before opens anything, and notes for each person to which moment the portal was
 * set back, until they have read it. `closing`: takes all passwords away too, also the hash of one that an alarm had closed. Out: how many people.
 */
export function voidEverybody(
  ctx: RawCtx,
  { to, closing }: { readonly to: Date; readonly closing: boolean },
): Promise<number> {
  return sql(ctx).$executeRaw`
    UPDATE users SET credential_version = credential_version + 1, factor_epoch = factor_epoch + 1, set_back_to = ${to}::timestamptz,
      password_hash = CASE WHEN ${closing}::boolean THEN NULL ELSE password_hash END,
      closed_password = CASE WHEN ${closing}::boolean THEN NULL ELSE closed_password END`;
}

/** They have read it. True for one caller. */
export async function noteSetBackRead(ctx: RawCtx, userId: string): Promise<boolean> {
  const noted = await sql(ctx)
    .$executeRaw`UPDATE users SET set_back_to = NULL WHERE id = ${userId} AND set_back_to IS NOT NULL`;
  return noted === 1;
}
