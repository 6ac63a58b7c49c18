import type { Prisma, RawDb } from "@/lib/db/client";

/** A sentence that every keyring must open which is to open what else that key has sealed. */
export type KeyCheck = { readonly keyId: string; readonly sealed: string };

export async function insertKeyCheck(db: RawDb, { keyId, sealed }: KeyCheck): Promise<void> {
  await db.$executeRaw`INSERT INTO key_checks (key_id, sealed) VALUES (${keyId}, ${sealed}) ON CONFLICT DO NOTHING`;
}

export async function hasKeyCheck(db: RawDb, keyId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`SELECT 1 FROM key_checks WHERE key_id = ${keyId}`;
  return rows.length === 1;
}

export function listKeyChecks(db: RawDb): Promise<KeyCheck[]> {
  return db.$queryRaw<KeyCheck[]>`SELECT key_id AS "keyId", sealed FROM key_checks`;
}

/** Forgets every key but `primary` for which `isInUse` (a condition on `k.key_id`) does not hold, in one statement. Out: how many. */
export function deleteKeyChecks(db: RawDb, primary: string, isInUse: Prisma.Sql): Promise<number> {
  return db.$executeRaw`DELETE FROM key_checks k WHERE k.key_id <> ${primary} AND NOT ${isInUse}`;
}
