import { runBackup } from "@/lib/backup/run-backup";
import { sizeInWords } from "@/lib/cli/backup";
import { type Command, counted } from "@/lib/cli/command";
import { atTheLast, withWords } from "@/lib/cli/interrupted";
import { showProgress } from "@/lib/cli/progress";
import { config } from "@/lib/config/config";

export const backupRun: Command = {
  name: "backup run",
  takes: [],
  flags: {},
  summary: "Make a backup in BACKUP_DIR now, read it back, and remove the oldest beyond BACKUP_KEEP.",
  details:
    "What the portal does by itself every BACKUP_EVERY hours. Call it from a timer of your own where the portal should not.\nThe oldest backup goes only after the new one was read back. Files of other names stay.",
  run: async ({ ctx, url, typed, terminal }) => {
    const { dir, keep } = config().backup;
    if (dir === null)
      return {
        kind: "refused",
        id: "backup.nowhere",
        text: "BACKUP_DIR is not set: name the folder for backups there.",
      };
    const progress = showProgress({ terminal, typed }, "Backing up");
    const { words, onLast } = atTheLast(untouched, inDoubt);
    const done = await withWords(terminal, words, () =>
      runBackup(ctx, { url, folder: dir, keep, onProgress: progress.at, onKeeping: onLast }),
    ).finally(progress.end);
    const gone = done.removed.length === 0 ? "" : ` ${counted(done.removed.length, "older file")} removed.`;
    const text = `${done.file}: ${counted(done.rows, "row")}, ${sizeInWords(done.bytes)}, read back.${gone}`;
    return { kind: "done", text, data: { ...done } };
  },
};

const untouched = "Interrupted: no backup was made, the older ones are there.";
const inDoubt =
  "Interrupted in the very last step: the new backup is there, whole and read back, or none was made. It may not be noted: then the next one comes sooner.";
