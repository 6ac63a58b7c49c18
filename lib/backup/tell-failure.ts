import { recordEvent } from "@/lib/audit/record-event";
import { findLastBackup } from "@/lib/backup/store";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { logLine } from "@/lib/kernel/log";
import { backupFailed } from "@/lib/notices/kinds/backup-failed";
import { tellAdministrators } from "@/lib/notices/tell-administrators";
import { backupRules } from "@/lib/policy/backup-rules";
import { claimTurn } from "@/lib/turns/store";

/**
 * A backup of the schedule was not made: an alarm in the log, an event, and a letter to every administrator, which also says how old the newest one is; while it goes
 * on so, one letter a day. `why`: a sentence for the operator, nobody's input.
 */
export async function tellBackupFailed(ctx: Ctx, why: string): Promise<void> {
  logLine("alarm", "backup.not_made", { why });
  const newest = (await findLastBackup(ctx))?.toISOString() ?? null;
  await inTransaction(ctx, async (tx) => {
    const isNews = await claimTurn(tx, "backup.told", backupRules.toldAgain);
    await recordEvent(tx, { name: "backup.failed", subjectId: null, meta: { reason: why } });
    const facts = { at: tx.now.toISOString(), why, newest };
    if (isNews) await tellAdministrators(tx, { exceptId: null, notice: backupFailed, facts });
  });
}
