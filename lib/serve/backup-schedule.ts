import { spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { findLastBackup } from "@/lib/backup/store";
import { tellBackupFailed } from "@/lib/backup/tell-failure";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { type Duration, hours, isOver, later } from "@/lib/kernel/duration";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { backupRules } from "@/lib/policy/backup-rules";
import { isHourRight } from "@/lib/serve/portal-state";
import { claimTurn, yieldTurn } from "@/lib/turns/store";
import { nightProgram } from "@/scripts/night-program.mjs";

type Schedule = {
  readonly context: () => Ctx;
  /** Makes one backup, until `over`. Out: null, or the sentence why it was not made. */
  readonly run?: (over: AbortSignal) => Promise<string | null>;
};

/** Ends the schedule: nothing more is begun, and what is under way is left to whoever starts next. */
export type StopBackups = () => Promise<void>;

/** Makes a backup every BACKUP_EVERY hours, in whichever portal holds the turn then; not at all without BACKUP_DIR. */
export function startBackupSchedule(schedule: Schedule): StopBackups {
  const { dir, everyHours } = config().backup;
  if (dir === null) return async () => undefined;
  const over = new AbortController();
  let underWay: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    underWay ??= backUpIfDue(schedule, { every: hours(everyHours), over: over.signal })
      .catch((fault: unknown) => logLine("warning", "backup.not_begun", faultLine(fault)))
      .finally(() => {
        underWay = null;
      });
  }, backupRules.look);
  timer.unref();
  return async () => {
    clearInterval(timer);
    over.abort();
    if (underWay !== null) await Promise.race([underWay, pause(backupRules.settle, undefined, { ref: false })]);
  };
}

/** How often there is one, and when this portal stops. */
type Terms = { readonly every: Duration; readonly over: AbortSignal };

/**
 * Makes a backup where the last one that was made and read back is old enough, whoever made it, and nobody has begun one within the hour: so a try that failed, or was
 * killed with its portal, is repeated. The hour must be right, or a clock that jumped would make one after the other. Of a failure administrators are told, by an hour that
 * is right, or a clock that jumped would keep the next failures silent; where this portal stopped meanwhile, the next one begins at once. True where it was this call's turn.
 */
export async function backUpIfDue({ context, run = inOwnProcess }: Schedule, { every, over }: Terms): Promise<boolean> {
  if (!isHourRight()) return false;
  const begun = context();
  const last = await findLastBackup(begun);
  if (last !== null && !isOver(later(last, every), begun.now)) return false;
  if (!(await claimTurn(begun, "backup", backupRules.again))) return false;
  const why = await run(over);
  if (why === null) return true;
  if (over.aborted) await yieldTurn(context(), "backup");
  else if (isHourRight()) await tellBackupFailed(context(), why);
  else logLine("alarm", "backup.not_made", { why });
  return true;
}

const answer = z.object({ ok: z.boolean(), error: z.object({ message: z.string() }).optional() });

/**
 * The command line in a process of its own: nobody's answer waits for it, and the machine lends it only what is left over. A terminal's Ctrl-C is for the portal, which ends it in order: so it has
 * a process group of its own.
 */
function inOwnProcess(over: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    const words = ["backup", "run", "--json"];
    const child = spawn(process.execPath, [...nightProgram, ...words], {
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (piece: string) => {
      said = `${said}${piece}`.slice(-20_000);
    });
    child.once("error", (fault) => resolve(`The backup could not be begun: ${fault.message}`));
    child.once("spawn", () => yieldTo(child.pid));
    over.addEventListener("abort", () => child.kill(), { once: true });
    child.once("close", (code, signal) => resolve(code === 0 ? null : whyNot(said, code, signal)));
  });
}

function yieldTo(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // it has ended already, or this system knows no such thing: then it runs like everybody
  }
}

function whyNot(said: string, code: number | null, signal: NodeJS.Signals | null): string {
  try {
    const message = answer.parse(JSON.parse(said)).error?.message;
    if (message !== undefined) return message;
  } catch {
    // it ended before it could say anything
  }
  return `The backup ended ${signal === null ? `with code ${code}` : `by ${signal}`}.`;
}
