import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isDraft } from "@/lib/backup/write-file";
import { earlier } from "@/lib/kernel/duration";
import { backupRules } from "@/lib/policy/backup-rules";

/** `sallyport-2030-01-07T09-00-00Z.backup`: names of later moments come later in the alphabet, and no file system minds a colon. */
export const fileNameAt = (moment: Date): string =>
  `sallyport-${moment.toISOString().slice(0, 19).replaceAll(":", "-")}Z.backup`;

const ofTheSchedule = /^sallyport-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z\.backup$/;

/** `made`: the file that was written just now. It stays, whatever the clock says that others are from tomorrow. */
type Keeping = { readonly made: string; readonly keep: number; readonly now: Date };

/**
 * Removes all but the newest `keep` backups of the schedule, and what a process that was killed had half written. Other files stay, whatever they are called.
 * Out: the names that went.
 */
export async function removeOld(folder: string, { made, keep, now }: Keeping): Promise<string[]> {
  const names = (await readdir(folder)).sort();
  const others = names.filter((name) => ofTheSchedule.test(name) && name !== made);
  const old = others.slice(0, Math.max(0, others.length - (keep - 1)));
  for (const name of names.filter(isDraft)) if (await isForgotten(join(folder, name), now)) old.push(name);
  for (const name of old) await rm(join(folder, name), { force: true });
  return old;
}

async function isForgotten(path: string, now: Date): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && found.mtime < earlier(now, backupRules.forgotten);
}
