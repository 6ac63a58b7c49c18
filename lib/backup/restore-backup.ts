import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { type Aftermath, settleAfterRestore } from "@/lib/backup/after-restore";
import { copyIn, setSequence } from "@/lib/backup/copy/store";
import { emptyHouse } from "@/lib/backup/empty-house";
import { partMigrations } from "@/lib/backup/fitting-migrations";
import type { About } from "@/lib/backup/manifest";
import { withPatientClient } from "@/lib/backup/patient-client";
import { type OpenBackup, openBackup, rowsIn } from "@/lib/backup/read-backup";
import { refusal } from "@/lib/backup/refusal";
import type { RawCtx } from "@/lib/context/context";
import { findKeyMistake } from "@/lib/crypto/canary";
import { makeIndexKeys, openIndexKeys } from "@/lib/crypto/index-keys";
import { type Keyring, keyring } from "@/lib/crypto/keyring";
import { migrateInside, takeMigrationTurn } from "@/lib/db/migrate";
import { readMigrations } from "@/lib/db/migration-files";
import { type RawDb, rawOn } from "@/lib/db/raw";

export type Restoring = {
  /** Past a pooler. */
  readonly url: string;
  /** Of the migrations of this version. */
  readonly folder: string;
  readonly source: AsyncIterable<Uint8Array>;
  readonly newPasswords: boolean;
  /** A context on `db`, whose moment is that of the restore. */
  readonly contextOn: (db: RawDb) => RawCtx;
  /** Hears of waiting for somebody else. */
  readonly say: (line: string) => void;
  /** Called before the last word to the database: until then nothing has happened, from then on all of it may have. What it throws undoes all of it. */
  readonly onCommitting?: () => void;
  readonly ring?: Keyring;
};

/** What was restored: of when, from which version, how much; and what follows from it. */
export type Restored = Aftermath & {
  readonly to: Date;
  readonly version: string;
  readonly rows: number;
  /** Migrations that came after the backup, applied to its rows. */
  readonly migrated: readonly string[];
};

/**
 * A restore (disaster recovery): brings a backup back into an empty house, all of it or nothing, in one transaction: the schema as the backup knew it, its
 * rows, the migrations since, and what must not live again. Killed at any point it leaves the house as it was. Throws refusals, before anything was
 * written or after all of it was undone.
 */
export async function restoreBackup(restoring: Restoring): Promise<Restored> {
  const { url, folder, source, say, contextOn, ring = keyring() } = restoring;
  const backup = await openBackup(source, ring);
  refuseLackingKeys(backup.about, ring);
  const { before, after } = partMigrations(backup.about, await readMigrations(folder));
  return withPatientClient(url, async (client) => {
    await takeMigrationTurn(client, say);
    await client.query("BEGIN ISOLATION LEVEL READ COMMITTED"); // whatever the database begins with: a turn that was waited for shows what came before
    const db = rawOn(client, false);
    const tx = contextOn(db);
    await emptyHouse(client, tx);
    await migrateInside(client, before);
    const rows = await putRowsBack(client, backup);
    await migrateInside(client, after);
    await openKeys(db, ring);
    const to = new Date(backup.about.at);
    const { version } = backup.about;
    const aftermath = await settleAfterRestore(tx, { to, version, newPasswords: restoring.newPasswords });
    restoring.onCommitting?.();
    await client.query("COMMIT");
    return { ...aftermath, to, version, rows, migrated: after.map(({ name }) => name) };
  });
}

/** A key that sealed something and is not here would be missed at the start, with everybody waiting. */
function refuseLackingKeys({ keyIds }: About, ring: Keyring): void {
  const lacking = keyIds.filter((id) => !ring.ids.includes(id));
  if (lacking.length === 0) return;
  const names = lacking.map((id) => `"${id}"`).join(", ");
  throw refusal(
    "restore.keys",
    `Some of what is in this backup is sealed with the key ${names}, which PORTAL_KEYS does not name. Nothing was changed. Bring it back, behind the one in front, and try again.`,
  );
}

/** Out: how many rows. */
async function putRowsBack(client: pg.Client, { about, readTables }: OpenBackup): Promise<number> {
  const sums = await readTables((table, rows) => pipeline(rows, copyIn(client, table)));
  for (const sequence of about.sequences) await setSequence(client, sequence);
  return rowsIn(sums);
}

/** The keys open what came back, and letters can be written: they are sealed and named by them. */
async function openKeys(db: RawDb, ring: Keyring): Promise<void> {
  await makeIndexKeys(db, ring);
  const mistake = (await findKeyMistake(db, ring)) ?? (await openIndexKeys(db, ring));
  if (mistake !== null) throw refusal("restore.keys", `${mistake} Nothing was changed.`);
}
