import { fault, hint, warning } from "@/lib/doctor/finding";
import type { Look, Settled } from "@/lib/doctor/house";

/** The folder of the schedule. */
export const lookAtBackupFolder: Look<Settled> = async ({ config, machine, settings }) => {
  const { dir } = config.backup;
  if (dir === null)
    return settings.unread.has("BACKUP_DIR")
      ? []
      : [
          hint(
            "backup.off",
            "The portal makes no backups by itself: BACKUP_DIR is not set.",
            "Set BACKUP_DIR to a folder on another disk; or see that a timer of yours runs npm run portal -- backup FILE.",
          ),
        ];
  const why = await machine.whyNotWritable(dir);
  if (why !== null)
    return [
      fault(
        "backup.folder",
        `No backup can be written: no file can be made in BACKUP_DIR (${why}).`,
        "Mount that disk, or make the folder and give it to the account of the portal (chown); then npm run portal -- backup run",
      ),
    ];
  const [own, theirs] = await Promise.all([machine.diskOf(dir), machine.diskOf(config.dataDir)]);
  if (config.databaseUrl !== null || own === null || own !== theirs) return [];
  return [
    warning(
      "backup.same_disk",
      "BACKUP_DIR lies on the disk of the database: when it dies, both are gone.",
      "Set BACKUP_DIR to a folder on another disk, and move the backups there.",
    ),
  ];
};
