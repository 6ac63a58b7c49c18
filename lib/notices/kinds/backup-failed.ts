import * as z from "zod";
import { sentence } from "@/lib/letters/draft";
import { notice, sampleWhat, what } from "@/lib/notices/notice";

/** The schedule could not make a backup: `why` is the sentence that the command ended with. About nobody's account. */
export const backupFailed = notice({
  kind: "backup.failed",
  reaches: { to: "administrators" },
  shape: z.strictObject({ at: what.at, why: z.string(), newest: z.iso.datetime().nullable() }),
  sample: {
    at: sampleWhat.at,
    why: "There is no room left in /mnt/backups. No backup was made. Make room, and try again.",
    newest: "2030-01-06T02:30:00.000Z",
  },
  words: {
    "letters.backup_failed_title": { en: "The backup could not be made", zh: "备份未能完成" },
    "letters.backup_failed": {
      en: "The portal tries again every hour, and writes again tomorrow if it still fails. Backups that are there already stay.",
      zh: "系统每小时重试一次，如仍失败，明天会再次通知。已有的备份会保留。",
    },
    "letters.backup_failed_next": {
      en: "Please look at it before a disk dies: without a new backup, everything since the last one would be lost.",
      zh: "请尽快处理：如果磁盘损坏而没有新的备份，上次备份之后的所有数据都会丢失。",
    },
    "letters.backup_newest_label": { en: "Newest backup", zh: "最近的备份" },
    "letters.backup_none_label": { en: "none", zh: "无" },
    "letters.backup_failed_short": {
      en: "{brand}: the backup could not be made. A mail says more.",
      zh: "{brand}：备份未能完成。详情请见邮件。",
    },
  },
  text: ({ at, why, newest }, { own, say, brand }) => {
    const moment = (of: string) => say("letters.moment_label", { at: new Date(of) });
    const age = newest === null ? own("letters.backup_none_label") : moment(newest);
    return {
      subject: own("letters.backup_failed_title"),
      pieces: [
        sentence(why),
        sentence(own("letters.backup_failed")),
        {
          kind: "rows",
          rows: [
            { label: say("letters.when_label"), value: moment(at) },
            { label: own("letters.backup_newest_label"), value: age },
          ],
        },
        sentence(own("letters.backup_failed_next")),
      ],
      short: own("letters.backup_failed_short", { brand }),
    };
  },
});
