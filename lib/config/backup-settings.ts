import * as z from "zod";
import { wholeNumber } from "@/lib/config/reading";

/** The keys of backups that the portal makes by itself. */
export const backupSettings = {
  BACKUP_DIR: z.string().optional().meta({
    shown: "off",
    sample: "/mnt/backups",
    description:
      "The folder into which the portal writes a sealed backup of everything by itself. It belongs on another disk than the database. Where it is missing, or full, administrators get a letter, and the portal goes on.",
  }),
  BACKUP_EVERY: wholeNumber(1, 168).default(24).meta({
    shown: "24",
    description: "How many hours lie between two backups in BACKUP_DIR.",
  }),
  BACKUP_KEEP: wholeNumber(1, 1_000).default(14).meta({
    shown: "14",
    description: "How many backups stay in BACKUP_DIR. The oldest one goes after the newest was read back.",
  }),
};
