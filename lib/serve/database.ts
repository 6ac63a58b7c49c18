import { setTimeout as pause } from "node:timers/promises";
import { adoptDatabaseUrl } from "@/lib/config/config";
import { type BuiltIn, startBuiltIn } from "@/lib/db/built-in";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";

/** The database as the serving entry holds it. `ready` rejects when the first start fails; `stop` also ends one that is under way. */
export type HeldDatabase = { readonly ready: Promise<void>; readonly isUp: () => boolean; stop(): Promise<void> };

/** A database of the operator's own: it comes and goes without us. */
export const foreignDatabase: HeldDatabase = {
  ready: Promise.resolve(),
  isUp: () => true,
  stop: async () => undefined,
};

const firstWait = 500;
const longestWait = 30_000;

/**
 * Starts the built-in database, tells the process its address and keeps it running: when its server ends, it is started
 * again, at first after half a second, then ever more slowly.
 */
export function holdBuiltIn(place: {
  root: string;
  dataDir: string;
  say: (line: string) => void;
  keysAreFresh: boolean;
}): HeldDatabase {
  const over = new AbortController();
  let running: BuiltIn | null = null;
  const start = async () => {
    running = await startBuiltIn({ ...place, onExit, signal: over.signal });
    adoptDatabaseUrl(running.url);
  };
  const startAgain = async () => {
    for (let wait = firstWait; !over.signal.aborted && running === null; wait = Math.min(wait * 2, longestWait)) {
      await pause(wait, undefined, { ref: false });
      if (over.signal.aborted) return;
      // the words are PostgreSQL's and ours, about files and settings: nothing that anybody typed into a page
      await start().catch((fault: unknown) =>
        logLine("error", "database.not_started", { ...faultLine(fault), why: String(fault) }),
      );
    }
    if (running !== null) logLine("info", "database.back");
  };
  const onExit = () => {
    running = null;
    if (over.signal.aborted) return;
    logLine("error", "database.ended");
    latest = startAgain();
  };
  const ready = start();
  let latest = ready;
  const stop = async () => {
    over.abort(new Error("The portal is stopping."));
    await latest.catch(() => undefined); // a start that was given up has stopped what it had launched
    await running?.stop();
  };
  return { ready, isUp: () => running !== null, stop };
}
