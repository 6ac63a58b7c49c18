import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readUrl } from "@/lib/kernel/url";
import { becomeOwner, type Ownership, ownersOf } from "@/scripts/one-owner.mjs";

/** What a command of the command line answers while it starts or stops a database: a portal waits for it. */
export const aCommand = "a command";

/**
 * Makes this process the only owner of the data folder and its database, or tells the address of the one that is. The second of two such moments:
 * a start has owned its checkout (`scripts/start-lock.mjs`) since before the build, but which data folder it serves only the settings tell, another
 * checkout may name the same one, and a command takes it without any build. Throws an Error for the operator where no socket can be made.
 */
export const takeInstanceLock = (dataDir: string, address: string): Promise<Ownership> =>
  becomeOwner(lockOf(dataDir), address);

/** The same for a portal: a command that starts or stops the database just now is waited for, at most a minute. */
export async function takePortalLock(
  dataDir: string,
  address: string,
  say: (line: string) => void,
): Promise<Ownership> {
  let hasTold = false;
  for (const start = performance.now(); ; await pause(200)) {
    const lock = await takeInstanceLock(dataDir, address);
    if (lock.kind === "ours" || lock.by !== aCommand || performance.now() - start > 60_000) return lock;
    if (!hasTold) say("A command is working on the database here; waiting for it…");
    hasTold = true;
  }
}

/** The address of the portal that owns `dataDir` now, without standing in its way; null where none does, or none that answers. */
export async function findPortal(dataDir: string): Promise<string | null> {
  const owners = await ownersOf(lockOf(dataDir));
  return owners.find((owner) => readUrl(owner) !== null) ?? null;
}

const lockOf = (dataDir: string): string => join(dataDir, "lock");
