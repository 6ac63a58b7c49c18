import { join } from "node:path";
import { recordEvent } from "@/lib/audit/record-event";
import { fileNameAt, removeOld } from "@/lib/backup/backup-folder";
import { openFile } from "@/lib/backup/open-file";
import { withPatientClient } from "@/lib/backup/patient-client";
import { verifyBackup } from "@/lib/backup/read-backup";
import { insertBackup } from "@/lib/backup/store";
import { type Summary, writeBackup } from "@/lib/backup/write-backup";
import { writeWhole } from "@/lib/backup/write-file";
import { type Ctx, inShortTransaction, type RawCtx } from "@/lib/context/context";
import { yieldTurn } from "@/lib/turns/store";

/** `url`: past a pooler. `onProgress` hears how much of it is done, from 0 to 1. */
type Writing = { readonly url: string; readonly path: string; readonly onProgress: (share: number) => void };

/** Makes a backup of everything, as it is now, in the file `path`. Throws refusals. Out: what it holds, and its size in bytes. */
export async function backUpTo(
  ctx: RawCtx,
  { url, path, onProgress }: Writing,
): Promise<Summary & { readonly bytes: number }> {
  return withPatientClient(url, async (client) => {
    const { now, random } = ctx;
    const backup = writeBackup({ client, now, random, onProgress });
    const bytes = await writeWhole(path, backup.bytes);
    return { ...backup.summary(), bytes };
  });
}

/** Where the schedule's backups lie, how many of them stay, and who asked for this one. */
type Run = {
  readonly url: string;
  readonly folder: string;
  readonly keep: number;
  readonly onProgress: (share: number) => void;
};

/** A backup that was made and read back; `removed`: older ones that went. */
export type RanBackup = Summary & {
  readonly file: string;
  readonly bytes: number;
  readonly removed: readonly string[];
};

/**
 * Makes the next backup of the schedule: writes it, reads all of it back, and only then removes the oldest ones beyond those that stay, so that there never is one
 * good backup less. A row and an event say so. Throws refusals.
 */
export async function runBackup(ctx: Ctx, { url, folder, keep, onProgress }: Run): Promise<RanBackup> {
  const file = fileNameAt(ctx.now);
  const path = join(folder, file);
  const made = await backUpTo(ctx, { url, path, onProgress: (share) => onProgress(share / 2) });
  const written = await openFile(path, (share) => onProgress((1 + share) / 2));
  const { rows } = await verifyBackup(written.bytes).finally(written.close);
  const removed = await removeOld(folder, { made: file, keep, now: ctx.now });
  await inShortTransaction(ctx, async (tx) => {
    await yieldTurn(tx, "backup.told"); // the next failure is news
    await insertBackup(tx, { file, bytes: made.bytes, rows });
    await recordEvent(tx, { name: "backup.made", subjectId: null, meta: { by: "cli", rows, bytes: made.bytes } });
  });
  return { ...made, file, removed };
}
