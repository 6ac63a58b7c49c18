import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { config } from "@/lib/config/config";
import { findRunningBuiltIn, startBuiltIn } from "@/lib/db/built-in";
import { findPlace } from "@/lib/db/built-in-place";
import { openDatabase } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { pendingMigrations } from "@/lib/db/migrate";
import { takeInstanceLock } from "@/lib/serve/instance-lock";

/** A database that answers; `leave` stops it when it was started for us. */
type Borrowed = { readonly url: string; leave(): Promise<void> };

const startFirst = "Start the portal once first: npm start";
const askEvery = 200;
const patience = 60_000;

/**
 * Runs `work` on the portal's database: the operator's own, else the built-in one of the portal that runs, else one that is
 * started for as long as `work` takes. Throws an Error for the operator when there is none, or its tables are not today's.
 */
export async function withDatabase<T>(
  root: string,
  say: (line: string) => void,
  work: (db: PrismaClient) => Promise<T>,
): Promise<T> {
  const borrowed = await borrow(root, say);
  try {
    const pending = await pendingMigrations(borrowed.url, join(root, "prisma", "migrations"));
    if (pending.length > 0) throw new Error(`The database is not ready for this version. ${startFirst}`);
    const db = openDatabase(borrowed.url, 8);
    try {
      return await work(db);
    } finally {
      await db.$disconnect();
    }
  } finally {
    await borrowed.leave();
  }
}

async function borrow(root: string, say: (line: string) => void): Promise<Borrowed> {
  const { databaseUrl, dataDir } = config();
  if (databaseUrl !== null) return notOurs(databaseUrl.reveal());
  if ((await findPlace(dataDir, null)) === null) throw new Error(`There is no database here yet. ${startFirst}`);
  const turn = await waitForTurn(dataDir, say);
  const running = await findRunningBuiltIn({ root, dataDir });
  if (running === null) return startForUs(root, say, turn);
  turn.release();
  return notOurs(running);
}

const notOurs = (url: string): Borrowed => ({ url, leave: async () => undefined });

/** One command at a time may keep the database: otherwise the first to end would stop it under the others. */
async function waitForTurn(dataDir: string, say: (line: string) => void): Promise<{ release(): void }> {
  let hasTold = false;
  for (const start = performance.now(); ; await pause(askEvery)) {
    const lock = await takeInstanceLock(join(dataDir, "cli"), "a command");
    if (lock.kind === "ours") return lock;
    if (performance.now() - start > patience) {
      throw new Error("Another command is still working here. Wait until it has ended, and try again.");
    }
    if (!hasTold) say("Another command is working here; waiting for it…");
    hasTold = true;
  }
}

async function startForUs(root: string, say: (line: string) => void, turn: { release(): void }): Promise<Borrowed> {
  const { dataDir } = config();
  let hasLeft = false;
  const database = await startBuiltIn({ root, dataDir, say });
  const leave = async () => {
    if (hasLeft) return;
    hasLeft = true;
    if (!(await isPortalRunning(dataDir))) await database.stop();
    turn.release();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.once(name, () => void leave().then(() => process.exit(130)));
  return { url: database.url, leave };
}

/** A portal that was started meanwhile has taken the database over: it stops it when it ends. */
async function isPortalRunning(dataDir: string): Promise<boolean> {
  const lock = await takeInstanceLock(dataDir, "a command that is about to end");
  if (lock.kind === "ours") lock.release();
  return lock.kind === "taken";
}
