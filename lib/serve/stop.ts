import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { faultLine, logLine } from "@/lib/serve/log";

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
 * one ends at once. A fault that nobody caught is logged and ends the same way, with exit code 1 (ASVS 16.5.4).
 * Returns the way to stop for other reasons; it ends the process.
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
  const onFault = (event: string) => (fault: unknown) => {
    logLine("error", event, faultLine(fault));
    void stop(1);
  };
  // before Next's own listeners, which would log a stack with people's input and carry on
  process.prependListener("uncaughtException", onFault("process.uncaught_exception"));
  process.prependListener("unhandledRejection", onFault("process.unhandled_rejection"));
  return stop;
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
