import { setTimeout as pause } from "node:timers/promises";
import { beginWaits } from "@/lib/pending/begin-waits";
import { doDue } from "@/lib/pending/do-due";
import { letterRules } from "@/lib/policy/letter-rules";
import { pendingRules } from "@/lib/policy/pending-rules";
import { type Hour, rightHour } from "@/lib/portals/right-hour";

export type DueRunnerSettings = Hour & {
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

/** One look, by the hour of the database, and so never early; none while that hour is in doubt. */
export async function lookOnce(settings: DueRunnerSettings): Promise<void> {
  const hour = await rightHour(settings);
  if (hour === null) return;
  const ctx = hour();
  await beginWaits(ctx, settings).catch(settings.onFault); // what is due does not wait for it
  await doDue(ctx, settings);
}
