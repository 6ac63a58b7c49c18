import { setTimeout as pause } from "node:timers/promises";
import type { Ctx } from "@/lib/context/context";
import { between } from "@/lib/kernel/duration";
import { beginWaits } from "@/lib/pending/begin-waits";
import { doDue } from "@/lib/pending/do-due";
import { letterRules } from "@/lib/policy/letter-rules";
import { pendingRules } from "@/lib/policy/pending-rules";

export type DueRunnerSettings = {
  /** Of this very moment, outside any transaction. */
  readonly context: () => Ctx;
  /** What the database's clock says: it decides, because all portals share it. */
  readonly databaseClock: () => Promise<Date>;
  /** Whether this portal's clock and the database's agree: else one of them is wrong, and nobody knows which. */
  readonly mayDecide: () => boolean;
  /** Hears of whatever went wrong, at most once a minute: the changes are still there. */
  readonly onFault: (fault: unknown) => void;
};

/** Ends a runner: nothing more is begun, what is under way may end. */
export type StopDueRunner = () => Promise<void>;

/**
 * Looks every two seconds whether a wait begins to count, and does what is due. Any number of runners may work on one database.
 */
export function startDueRunner(settings: DueRunnerSettings): StopDueRunner {
  let [underWay, toldAt, isStopping]: [Promise<void> | null, number, boolean] = [null, Number.NEGATIVE_INFINITY, false];
  const onFault = (fault: unknown) => {
    if (performance.now() - toldAt < letterRules.tellAgain) return;
    toldAt = performance.now();
    settings.onFault(fault);
  };
  const mayDecide = () => !isStopping && settings.mayDecide();
  const timer = setInterval(() => {
    if (underWay !== null) return;
    underWay = lookOnce({ ...settings, mayDecide, onFault })
      .catch(onFault)
      .finally(() => {
        underWay = null;
      });
  }, pendingRules.poll);
  timer.unref();
  return async () => {
    isStopping = true;
    clearInterval(timer);
    if (underWay !== null) await Promise.race([underWay, pause(letterRules.settle, undefined, { ref: false })]);
  };
}

/**
 * One look, by the database's clock. Never early: it asks that clock before it looks, and rests while it and this machine's are apart, or whoever watches the hour
 * says so. A database whose clock has just leapt is noticed here before anybody else has measured it.
 */
export async function lookOnce({ context, databaseClock, mayDecide, onFault }: DueRunnerSettings): Promise<void> {
  if (!mayDecide()) return;
  const ctx = context();
  const now = await databaseClock();
  if (Math.abs(between(ctx.now, now)) > pendingRules.clocksApart) return;
  await beginWaits({ ...ctx, now });
  await doDue({ ...ctx, now }, { mayDecide, onFault });
}
