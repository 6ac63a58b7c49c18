import { auditExport } from "@/lib/cli/audit-export";
import { auditRenumber } from "@/lib/cli/audit-renumber";
import { auditVerify } from "@/lib/cli/audit-verify";
import { backup } from "@/lib/cli/backup";
import { backupRun } from "@/lib/cli/backup-run";
import { backupVerify } from "@/lib/cli/backup-verify";
import type { Command } from "@/lib/cli/command";
import { restore } from "@/lib/cli/restore";

export const backupCommands: readonly Command[] = [
  backupVerify,
  backupRun,
  backup, // after the longer names that begin with it
  restore,
];

export const auditCommands: readonly Command[] = [auditVerify, auditRenumber, auditExport];

/**
 * What goes through millions of rows, perhaps beside a portal on a machine of one GiB: a program of their own loads these and nothing else,
 * a sixth less memory than with every command.
 */
export const nightCommands: readonly Command[] = [...backupCommands, ...auditCommands];
