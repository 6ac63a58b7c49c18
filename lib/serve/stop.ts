import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/serve/log";

/** What has to be stopped, in this order. Steps are added while the portal starts. */
export type Running = {
  isStopping: boolean;
  readonly servers: Server[];
  /** Run one after the other once no request is under way. */
  readonly afterwards: (() => Promise<void> | void)[];
};

/** How long requests under way may take to end. */
const drainFor = 10_000;

/**
 * Stops the portal when a signal or a fault says so. SIGTERM, SIGINT and SIGHUP: no new requests, at most ten seconds
 * for those under way, then pages, database and lock; exit code 0. The same signal again cuts the requests off, a third
 * one ends at once. A fault that nobody caught is logged and ends the same way, with exit code 1; a rejection that nobody
 * awaited is only logged (ASVS 16.5.4). Returns the way to stop for other reasons; it ends the process.
 */
export function stopOnSignals(running: Running, say: (line: string) => void): (exitCode: number) => Promise<never> {
  // whoever read our lines may be gone: the fault of that closed pipe, logged into the same pipe, would never end
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  let signals = 0;
  let stopping: Promise<never> | null = null;
  const stop = (exitCode: number) => {
    stopping ??= stopAll(running).then(() => process.exit(exitCode));
    return stopping;
  };
  const onSignal = () => {
    signals += 1;
    if (signals === 1) say("Stopping…");
    else if (signals === 2) for (const server of running.servers) server.closeAllConnections();
    else process.exit(130);
    void stop(0);
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, onSignal);
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

async function stopAll(running: Running): Promise<void> {
  running.isStopping = true;
  const closing = running.servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
  for (const server of running.servers) server.closeIdleConnections();
  await Promise.race([Promise.all(closing), pause(drainFor, undefined, { ref: false })]);
  for (const server of running.servers) server.closeAllConnections();
  for (const step of running.afterwards) {
    try {
      await Promise.race([step(), pause(drainFor, undefined, { ref: false })]); // a database that hangs must not hold us
    } catch (fault) {
      logLine("error", "stop.step_failed", faultLine(fault)); // the later steps matter as much: the database is one
    }
  }
}
