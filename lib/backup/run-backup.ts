import { join } from "node:path";
import { recordEvent } from "@/lib/audit/record-event";
import { fileNameAt, removeOld } from "@/lib/backup/backup-folder";
import { openFile } from "@/lib/backup/open-file";
import { withPatientClient } from "@/lib/backup/patient-client";
import { verifyBackup } from "@/lib/backup/read-backup";
import { isRefusal, refusal } from "@/lib/backup/refusal";
import { insertBackup } from "@/lib/backup/store";
import { type Summary, writeBackup } from "@/lib/backup/write-backup";
import { writeWhole } from "@/lib/backup/write-file";
import { type Ctx, inShortTransaction, type RawCtx } from "@/lib/context/context";
import { codesOf, layersOf } from "@/lib/kernel/fault-layers";
import { yieldTurn } from "@/lib/turns/store";

/**
 * `url`: past a pooler. `onProgress` hears how much of it is done, from 0 to 1; `onKeeping` the moment right before the file gets its name. `readBack`: reads
 * what was written before that.
 */
type Writing = {
  readonly url: string;
  readonly path: string;
  readonly onProgress: (share: number) => void;
  readonly onKeeping: () => void;
  readonly readBack?: (draft: string) => Promise<void>;
};

/** Makes a backup of everything, as it is now, in the file `path`. Throws refusals, and what `readBack` and `onKeeping` throw. Out: what it holds, and its size in bytes. */
export async function backUpTo(
  ctx: RawCtx,
  { url, path, onProgress, ...wishes }: Writing,
): Promise<Summary & { readonly bytes: number }> {
  return withPatientClient(url, async (client) => {
    const { now, random } = ctx;
    const backup = writeBackup({ client, now, random, onProgress });
    const bytes = await writeWhole(path, backup.bytes, wishes);
    return { ...backup.summary(), bytes };
  });
}

/** Where the schedule's backups lie, how many of them stay, and who asked for this one. */
type Run = {
  readonly url: string;
  readonly folder: string;
  readonly keep: number;
  readonly onProgress: (share: number) => void;
  readonly onKeeping: () => void;
};

/** A backup that was made and read back; `removed`: older ones that went. */
export type RanBackup = Summary & {
  readonly file: string;
  readonly bytes: number;
  readonly removed: readonly string[];
};

/**
 * Makes the next backup of the schedule: writes it, reads all of it back, and only then gives it its name and removes the oldest ones beyond those that stay. Only names are counted there, so what
 * could not be read back never has one, or a disk that fails each hour would push every good backup out. A row and an event say so. Throws refusals.
 */
export async function runBackup(ctx: Ctx, { url, folder, keep, onProgress, onKeeping }: Run): Promise<RanBackup> {
  const file = fileNameAt(ctx.now);
  const made = await backUpTo(ctx, {
    url,
    path: join(folder, file),
    onProgress: (share) => onProgress(share / 2),
    readBack: (draft) => readBack(draft, (share) => onProgress((1 + share) / 2)),
    onKeeping,
  });
  const { rows } = made;
  const removed = await removeOld(folder, { made: file, keep, now: ctx.now });
  await inShortTransaction(ctx, async (tx) => {
    await yieldTurn(tx, "backup.told"); // the next failure is news
    await insertBackup(tx, { file, bytes: made.bytes, rows });
    await recordEvent(tx, { name: "backup.made", subjectId: null, meta: { by: "cli", rows, bytes: made.bytes } });
  });
  return { ...made, file, removed };
}

/** Throws a refusal where a byte is not what was written, or cannot be read. */
async function readBack(path: string, onProgress: (share: number) => void): Promise<void> {
  const written = await openFile(path, onProgress);
  try {
    await verifyBackup(written.bytes);
  } catch (fault) {
    const why = isRefusal(fault) ? fault.message : (layersOf(fault).flatMap(codesOf)[0] ?? "It could not be read.");
    throw refusal(
      "backup.unsound",
      `The new backup could not be read back, so it was removed; the older ones are all there. See whether that disk is sound. (${why})`,
    );
  } finally {
    written.close();
  }
}
