import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { database, rawOf } from "@/lib/db/client";
import { closeChannels, mailChannel, smsChannel } from "@/lib/delivery/channels";
import { systemClock } from "@/lib/kernel/clock";
import { between, minutes } from "@/lib/kernel/duration";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { startOutboxWorker } from "@/lib/letters/outbox-worker";
import { canLeave } from "@/lib/letters/queue-letters";
import { letterKinds } from "@/lib/notices/letter-kinds";
import { startDueRunner } from "@/lib/pending/due-runner";
import { policy } from "@/lib/policy/policy";
import type { Hour } from "@/lib/portals/right-hour";
import { readDatabaseClock } from "@/lib/portals/store";
import { resetOrders } from "@/lib/resets/orders";
import { startBackupSchedule } from "@/lib/serve/backup-schedule";
import { hasEntry, isHourRight } from "@/lib/serve/portal-state";
import { startSealing } from "@/lib/serve/seal-schedule";
import { sweep } from "@/lib/sweep/sweep";
import { unlockOrders } from "@/lib/unlocks/orders";

type Context = () => Ctx;
type End = () => Promise<void>;

/**
 * What a portal does besides its pages: letters and changes that are due, under `next dev` too; where a serving entry runs, also backups, the sweeper and, by its
 * `name` among portals, the seals. Out: how to end it; letters under way may end.
 */
export function beginWork(context: Context, name: string | null): End {
  const parts = [() => doWhatIsDue(context), () => carryLetters(context)];
  if (hasEntry())
    parts.push(
      () => startBackupSchedule({ context }),
      () => sweepNowAndThen(context),
    );
  if (name !== null) parts.push(() => startSealing({ context, dataDir: config().dataDir, name }));
  const ends: End[] = [];
  const end = async () => {
    await Promise.allSettled(ends.map((one) => one()));
  };
  try {
    for (const part of parts) ends.push(part());
  } catch (fault) {
    void end(); // half of the work without the rest would go on unseen
    throw fault;
  }
  return end;
}

/** More than this between the wall clock and the machine's own stopwatch is a clock that was set. */
const clockJump = minutes(1);

/**
 * Sweeps every ten minutes. What it deletes depends on the date, so it rests while the clock has just jumped or is far off: a wrong clock must not
 * cost the record of a year. A fault is logged and harms nobody: the next sweep finds the same rows.
 */
function sweepNowAndThen(context: Context): End {
  let last = { wall: systemClock.now(), steady: performance.now() };
  const once = async () => {
    const now = { wall: systemClock.now(), steady: performance.now() };
    const jump = Math.abs(between(last.wall, now.wall) - (now.steady - last.steady));
    last = now;
    if (jump > clockJump || !isHourRight())
      return logLine("warning", "sweep.skipped", { seconds: Math.round(jump / 1000) });
    await sweep(context()).catch((fault: unknown) => logLine("warning", "sweep.failed", faultLine(fault)));
  };
  const turns = setInterval(once, policy.retention.every).unref();
  return async () => clearInterval(turns);
}

/** By what hour it is decided here: the database's, and none while it and this machine's are apart. */
const hourOf = (context: Context): Hour => ({
  context,
  databaseClock: () => readDatabaseClock(rawOf(database())),
  mayDecide: isHourRight,
});

/** Letters are carried in this process, here and under `next dev`; not at all while both channels are off, and none while the hour cannot be trusted. */
function carryLetters(context: Context): End {
  if (!canLeave("mail") && !canLeave("sms")) return async () => undefined;
  const ways = {
    mail: () => (canLeave("mail") ? mailChannel() : null),
    sms: () => (canLeave("sms") ? smsChannel() : null),
  };
  const onFault = (fault: unknown) => logLine("warning", "postman.failed", faultLine(fault));
  const stop = startOutboxWorker({
    ...hourOf(context),
    ways,
    kinds: letterKinds,
    orders: { ...resetOrders, ...unlockOrders },
    onFault,
  });
  return () => stop().finally(closeChannels);
}

/** Changes that wait are done in this process, here and under `next dev`, whatever channels are on; not while the hour cannot be trusted. */
function doWhatIsDue(context: Context): End {
  return startDueRunner({
    ...hourOf(context),
    onFault: (fault) => logLine("warning", "pending.failed", faultLine(fault)),
  });
}
