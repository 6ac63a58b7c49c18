import type { Db, Prisma } from "@/lib/db/client";

/** A sentence that every keyring must open which is to open what else that key has sealed. */
export type KeyCheck = { readonly keyId: string; readonly sealed: string };

export async function insertKeyCheck(db: Db, { keyId, sealed }: KeyCheck): Promise<void> {
  await db.$executeRaw`INSERT INTO key_checks (key_id, sealed) VALUES (${keyId}, ${sealed}) ON CONFLICT DO NOTHING`;
}

export async function hasKeyCheck(db: Db, keyId: string): Promise<boolean> {
  return (await db.keyCheck.count({ where: { keyId } })) === 1;
}

export function listKeyChecks(db: Db): Promise<KeyCheck[]> {
  return db.keyCheck.findMany();
}

/** Forgets every key but `primary` for which `isInUse` (a condition on `k.key_id`) does not hold, in one statement. Out: how many. */
export function deleteKeyChecks(db: Db, primary: string, isInUse: Prisma.Sql): Promise<number> {
  return db.$executeRaw`DELETE FROM key_checks k WHERE k.key_id <> ${primary} AND NOT ${isInUse}`;
}
