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

/** The key of one use of names that outlive the ring, sealed. */
export type IndexKeyRow = { readonly use: string; readonly sealed: string };

/** Stores the key of a use that has none; false when somebody was first: theirs counts. */
export async function insertIndexKey(db: RawDb, { use, sealed }: IndexKeyRow): Promise<boolean> {
  const inserted =
    await db.$executeRaw`INSERT INTO index_keys (use, sealed) VALUES (${use}, ${sealed}) ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

export function listIndexKeys(db: RawDb): Promise<IndexKeyRow[]> {
  return db.$queryRaw<IndexKeyRow[]>`SELECT use, sealed FROM index_keys`;
}

/** Forgets every key but `primary` for which `isInUse` (a condition on `k.key_id`) does not hold, in one statement. Out: how many. */
export function deleteKeyChecks(db: RawDb, primary: string, isInUse: Prisma.Sql): Promise<number> {
  return db.$executeRaw`DELETE FROM key_checks k WHERE k.key_id <> ${primary} AND NOT ${isInUse}`;
}
