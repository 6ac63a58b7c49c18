import { setTimeout as pause } from "node:timers/promises";
import { adoptDatabaseUrl } from "@/lib/config/config";
import { type BuiltIn, startBuiltIn } from "@/lib/db/built-in";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/serve/log";

/** The database as the serving entry holds it. */
export type HeldDatabase = { readonly isUp: () => boolean; stop(): Promise<void> };

/** A database of the operator's own: it comes and goes without us. */
export const foreignDatabase: HeldDatabase = { isUp: () => true, stop: async () => undefined };

const firstWait = 500;
const longestWait = 30_000;

/**
 * Starts the built-in database, tells the process its address and keeps it running: when its server ends, it is started
 * again, at first after half a second, then ever more slowly. Throws when the first start fails.
 */
export async function holdBuiltIn(place: {
  root: string;
  dataDir: string;
  say: (line: string) => void;
}): Promise<HeldDatabase> {
  let running: BuiltIn | null = null;
  let isStopping = false;
  const start = async () => {
    running = await startBuiltIn({ ...place, onExit });
    adoptDatabaseUrl(running.url);
  };
  const startAgain = async () => {
    for (let wait = firstWait; !isStopping && running === null; wait = Math.min(wait * 2, longestWait)) {
      await pause(wait, undefined, { ref: false });
      if (isStopping) return;
      await start().catch((fault: unknown) => logLine("error", "database.not_started", faultLine(fault)));
    }
    logLine("info", "database.back");
  };
  const onExit = () => {
    running = null;
    if (isStopping) return;
    logLine("error", "database.ended");
    void startAgain();
  };
  await start();
  return {
    isUp: () => running !== null,
    stop: async () => {
      isStopping = true;
      await running?.stop();
    },
  };
}
