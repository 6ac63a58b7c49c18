import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { RawCtx } from "@/lib/context/context";
import { type Finding, fault, hint, warning } from "@/lib/doctor/finding";
import type { Look, Opened } from "@/lib/doctor/house";
import { countLiving, findNewestBackup, findOldestAccount, type NewestBackup } from "@/lib/doctor/store";
import { between, hours, isOver, later } from "@/lib/kernel/duration";
import { doctorRules } from "@/lib/policy/doctor-rules";

const makeOne = "Make one now and read what it says: npm run portal -- backup run";

/** How old the newest backup is, and whether it is there. */
export const lookAtBackups: Look<Opened> = async ({ config, database: { ctx }, machine }) => {
  const { dir, everyHours } = config.backup;
  if (dir === null) return [];
  const newest = await findNewestBackup(ctx);
  const since = newest?.madeAt ?? (await findOldestAccount(ctx));
  const late = since !== null && isOver(later(later(since, hours(everyHours)), doctorRules.backupLate), ctx.now);
  const found: Finding[] = [];
  if (newest === null && late) found.push(fault("backup.never", "The schedule has never made a backup.", makeOne));
  if (newest !== null && late)
    found.push(
      fault(
        "backup.late",
        `The newest backup of the schedule is ${Math.floor(between(newest.madeAt, ctx.now) / hours(1))} hours old, and one is due every ${everyHours}.`,
        makeOne,
      ),
    );
  return newest === null
    ? found
    : [...found, ...(await lookAtFile(ctx, newest, { dir, free: await machine.freeBytes(dir) }))];
};

type Place = { readonly dir: string; readonly free: number | null };

async function lookAtFile(
  ctx: RawCtx,
  { file, bytes }: NewestBackup,
  { dir, free }: Place,
): Promise<readonly Finding[]> {
  const there = await stat(join(dir, file)).catch(() => null);
  const found: Finding[] = [];
  if (there === null) found.push(gone(file, (await countLiving(ctx)) > 1));
  if (there !== null && there.size !== bytes)
    found.push(
      warning(
        "backup.gone",
        `The newest backup, ${file}, is not as long as it was when it was made.`,
        "See whether the right disk is mounted there; then npm run portal -- backup run",
      ),
    );
  if (free !== null && free < doctorRules.backupRoom * bytes)
    found.push(
      warning(
        "backup.room",
        "There is no room in BACKUP_DIR for two more backups as large as the newest: the next one may fail.",
        "Make room on that disk, or lower BACKUP_KEEP.",
      ),
    );
  return found;
}

/** Of several portals one makes the backup, in a folder that may be on its own machine. */
const gone = (file: string, areSeveral: boolean): Finding =>
  areSeveral
    ? hint(
        "backup.gone",
        `The newest backup, ${file}, is not in BACKUP_DIR on this machine: another portal may have made it, in a folder of its own.`,
        "Look for it on the machines of the other portals; if it is on none, make one: npm run portal -- backup run",
      )
    : warning(
        "backup.gone",
        `The newest backup, ${file}, is not in BACKUP_DIR on this machine.`,
        "See whether the right disk is mounted there; then npm run portal -- backup run",
      );
