import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { adoptAppUrl, config } from "@/lib/config/config";
import { openIndexKeys } from "@/lib/crypto/index-keys";
import { type BuiltIn, findRunningBuiltIn, startBuiltIn } from "@/lib/db/built-in";
import { findPlace } from "@/lib/db/built-in-place";
import { openDatabase, rawOf } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { pendingMigrations } from "@/lib/db/migrate";
import { type BothWays, directMistake } from "@/lib/db/one-database";
import { aCommand, findPortal, takeInstanceLock } from "@/lib/serve/instance-lock";
import { stopSignals } from "@/scripts/stop-signals.mjs";

/** A database that answers, and its address past a pooler; `leave` stops it when it was started for us. */
type Borrowed = BothWays & { leave(): Promise<void> };

const startFirst = "Start the portal once first: npm start";
const askEvery = 200;
const patience = 60_000;

/**
 * Runs `work` on the portal's database: the operator's own, else the built-in one of the portal that runs, else one that is
 * started for as long as `work` takes. `url`: past a pooler. Links that `work` makes are for the address of the portal that runs. Throws an Error for the operator when there is none, or its tables are not today's.
 */
export async function withDatabase<T>(
  root: string,
  say: (line: string) => void,
  work: (db: PrismaClient, url: string) => Promise<T>,
): Promise<T> {
  const portal = await findPortal(config().dataDir);
  if (portal !== null) adoptAppUrl(portal); // its start may have had a PORT or an APP_URL that this terminal does not
  const borrowed = await borrow(root, say);
  try {
    const astray = await directMistake(borrowed);
    if (astray !== null) throw new Error(astray);
    const pending = await pendingMigrations(borrowed.directUrl, join(root, "prisma", "migrations"));
    if (pending.length > 0) throw new Error(`The database is not ready for this version. ${startFirst}`);
    const db = openDatabase(borrowed.url, 8, config().namedStatements);
    try {
      await openIndexKeys(rawOf(db)); // where they stay shut, a command that needs one says so
      return await work(db, borrowed.directUrl);
    } finally {
      await db.$disconnect();
    }
  } finally {
    await borrowed.leave();
  }
}

async function borrow(root: string, say: (line: string) => void): Promise<Borrowed> {
  const { databaseUrl, databaseDirectUrl, dataDir } = config();
  if (databaseUrl !== null) return notOurs(databaseUrl.reveal(), databaseDirectUrl?.reveal());
  if ((await findPlace(dataDir, null)) === null) throw new Error(`There is no database here yet. ${startFirst}`);
  const turn = await waitForTurn(dataDir, say);
  // Whoever holds this lock owns the database. A portal does for as long as it lives, also while its database is away or full.
  const house = await takeInstanceLock(dataDir, aCommand);
  if (house.kind === "taken") {
    turn.release();
    return notOurs(await besidePortal(dataDir));
  }
  try {
    const found = await findRunningBuiltIn({ dataDir });
    if (found.kind === "busy") throw new Error(busy);
    if (found.kind === "none") return await startForUs(root, say, turn);
    turn.release(); // left running by a portal that was killed: the next start takes it over
    return notOurs(found.url);
  } catch (fault) {
    turn.release();
    throw fault;
  } finally {
    house.release();
  }
}

const notOurs = (url: string, directUrl = url): Borrowed => ({ url, directUrl, leave: async () => undefined });

const busy =
  "The database is busy: it runs, but lets nobody else in right now. Nothing was changed. Try again in a moment.";
const notYet =
  "The portal is busy: it is starting, stopping or bringing its database back. Nothing was changed. Try again in a moment.";
const portalPatience = 3_000;

/** The address of a living portal's database. Its silence proves nothing, so all that can be done is to ask again for a while. */
async function besidePortal(dataDir: string): Promise<string> {
  for (const start = performance.now(); ; await pause(askEvery)) {
    const found = await findRunningBuiltIn({ dataDir });
    if (found.kind === "answers") return found.url;
    if (performance.now() - start > portalPatience) throw new Error(found.kind === "busy" ? busy : notYet);
  }
}

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

/** Called by who holds the database's lock. A signal also ends a start that is still waiting: no server stays behind. */
async function startForUs(root: string, say: (line: string) => void, turn: { release(): void }): Promise<Borrowed> {
  const { dataDir } = config();
  const over = new AbortController();
  const onSignal = () => {
    over.abort(new Error("Interrupted."));
    void leave()
      .catch(() => undefined) // what went wrong with the start is not what ends us
      .then(() => process.exit(130));
  };
  for (const name of stopSignals) process.once(name, onSignal);
  const starting = startBuiltIn({ root, dataDir, say, signal: over.signal });
  let leaving: Promise<void> | null = null;
  const leave = () => {
    leaving ??= starting.then((database) => stopUnlessTaken(dataDir, database)).finally(turn.release);
    return leaving;
  };
  const { url } = await starting;
  return { url, directUrl: url, leave };
}

/** A portal that was started meanwhile has taken the database over: it stops it when it ends. */
async function stopUnlessTaken(dataDir: string, database: BuiltIn): Promise<void> {
  const house = await takeInstanceLock(dataDir, aCommand);
  if (house.kind === "taken") return;
  try {
    await database.stop();
  } finally {
    house.release();
  }
}
