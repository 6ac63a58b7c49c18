import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type Duration, seconds } from "@/lib/kernel/duration";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { type Door, drain, drainTimes } from "@/lib/serve/drain";
import { accidentSignals, stopSignals, takeDeafSignals } from "@/scripts/stop-signals.mjs";

/** What has to be stopped, in this order. Steps are added while the portal starts. */
export type Running = {
  isStopping: boolean;
  /** Are visitors served? Only then it is worth while to go on for a moment. */
  isServing: boolean;
  /** The public door, once there is one. */
  door: Door | null;
  /** Run one after the other once no request is under way. */
  readonly afterwards: (() => Promise<void> | void)[];
  /** Closed last: whoever watches the portal reads "not ready" until the end. */
  health: Server | null;
};

/** How long a step afterwards may take: a database that hangs must not hold us. */
const stepFor = seconds(10);

/** One press can arrive twice: the terminal or the supervisor tells both npm and us, and npm passes it on. */
const onePress = seconds(1);

/**
 * Stops the portal when a signal or a fault says so. A signal of those that stop: not ready from now on, two seconds in which everybody is still served,
 * then no new requests, at most ten seconds for those under way, then pages, database and lock, and the health port last; exit code 0. A signal that
 * comes more than a second later cuts the requests off, the next one ends at once. A signal that nobody sent on purpose, and a fault that nobody caught, which is logged, end the same way with exit code 1; a rejection that nobody
 * awaited is only logged (ASVS 16.5.4). Returns the way to stop for other reasons; it ends the process.
 */
export function stopOnSignals(running: Running, say: (line: string) => void): (exitCode: number) => Promise<never> {
  // whoever read our lines may be gone: the fault of that closed pipe, logged into the same pipe, would never end
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  let [signals, last] = [0, Number.NEGATIVE_INFINITY];
  let stopping: Promise<never> | null = null;
  let cutOff = () => {};
  const cut = new Promise<void>((resolve) => {
    cutOff = resolve;
  });
  const stop = (exitCode: number) => {
    const lingering = exitCode === 0 && running.isServing ? drainTimes.lingering : seconds(0);
    stopping ??= stopAll(running, lingering, cut).then(() => process.exit(exitCode));
    return stopping;
  };
  const onAccident = (signal: string) => {
    if (stopping === null) say(`Stopping: ${signal} came…`);
    void stop(1);
  };
  const onSignal = () => {
    const isSamePress = performance.now() - last < onePress;
    if (isSamePress) return;
    last = performance.now();
    signals += 1;
    if (signals === 1) say("Stopping…");
    else if (signals === 2) cutOff();
    else process.exit(130);
    void stop(0);
  };
  for (const signal of stopSignals) process.on(signal, accidentSignals.includes(signal) ? onAccident : onSignal);
  takeDeafSignals((signal) => logLine("info", "process.signal_ignored", { signal }));
  onStrayFaults(() => void stop(1));
  return stop;
}

/** Under this symbol Next looks for somebody who already listens to rejections, before it brings a listener of its own. */
const nextsListener = Symbol.for("next.unhandledRejectionListener");

/**
 * After a throw out of a callback nobody knows what was left half-done, in a parser or a pool: Node's documentation calls
 * it unsafe to go on, so `end` is called and a supervisor starts afresh. A rejected promise interrupts nothing but what
 * awaits it, and here nobody does: were it the end too, as by Node's default, one request that makes a library forget
 * a promise would switch the portal off. Both are taken from Next's listeners, which log messages that quote people.
 */
function onStrayFaults(end: () => void): void {
  process.setUncaughtExceptionCaptureCallback((fault) => {
    logLine("error", "process.uncaught_exception", faultLine(fault));
    end();
  });
  const onRejection = (fault: unknown) => logLine("error", "process.unhandled_rejection", faultLine(fault));
  process.on("unhandledRejection", onRejection);
  Object.assign(globalThis, { [nextsListener]: onRejection });
}

async function stopAll(running: Running, lingering: Duration, cut: Promise<void>): Promise<void> {
  running.isStopping = true;
  if (running.door !== null) await drain(running.door, lingering, cut);
  for (const step of running.afterwards) {
    try {
      await Promise.race([step(), pause(stepFor, undefined, { ref: false })]);
    } catch (fault) {
      logLine("error", "stop.step_failed", faultLine(fault)); // the later steps matter as much: the database is one
    }
  }
  running.health?.close();
  running.health?.closeAllConnections();
}
