import { adoptServer } from "@/lib/db/built-in-adopt";
import { readyBinaries } from "@/lib/db/built-in-binaries";
import { ensureCluster, ensurePassword } from "@/lib/db/built-in-cluster";
import { handToAccount } from "@/lib/db/built-in-handover";
import { knock } from "@/lib/db/built-in-knock";
import { noteKeys } from "@/lib/db/built-in-marks";
import { findPlace } from "@/lib/db/built-in-place";
import type { Place } from "@/lib/db/built-in-place-names";
import { addressOf, findPostmaster, isAlive, readPostmaster } from "@/lib/db/built-in-postmaster";
import { launchServer, pruneLogs, type Running, stopServer } from "@/lib/db/built-in-server";

export type BuiltInOptions = {
  /** The checkout: the server's programs lie in its `node_modules`. */
  readonly root: string;
  /** Absolute. Every data folder has its own database. */
  readonly dataDir: string;
  /** Hears a sentence before every slow step. */
  readonly say: (line: string) => void;
  /** Called once when the server ends without `stop` having been called. */
  readonly onExit?: () => void;
  /** Set by the portal: an empty database is not begun beside one that the present keys open. */
  readonly keysAreFresh?: boolean;
  /** Gives the start up: what was launched is stopped again, and the call throws. */
  readonly signal?: AbortSignal;
};

export type BuiltIn = {
  /** For `pg` and Prisma: our own role on our own database, through a socket where its path is short enough. */
  readonly url: string;
  /** Stops the server and returns when everything is on disk and its process is gone. Safe to call twice. */
  stop(): Promise<void>;
};

/**
 * Starts the PostgreSQL that comes with the portal, or takes over the one that a crashed portal left running. Makes
 * the database at first use. After `kill -9` of portal, server or both the next call works and nothing that was
 * acknowledged is lost. Throws an Error for the operator when that is impossible. Only for whoever holds the data
 * folder (`takeInstanceLock`): it may stop a server that does not answer.
 */
export async function startBuiltIn(options: BuiltInOptions): Promise<BuiltIn> {
  try {
    return await begin(options);
  } catch (fault) {
    options.signal?.throwIfAborted(); // its programs hear a Ctrl-C too, and what they say of it is not why we end
    throw fault;
  }
}

async function begin(options: BuiltInOptions): Promise<BuiltIn> {
  const { root, dataDir, say, onExit, signal, keysAreFresh } = options;
  const sealed = keysAreFresh === undefined ? null : { root, keysAreFresh };
  const place = await findPlace(dataDir, { say, sealed });
  if (place === null) throw new Error(`${dataDir} cannot be made.`);
  const binaries = await readyBinaries(root, place);
  const grounds = { place, binaries, say, signal };
  await ensureCluster(grounds);
  await handToAccount(place, say);
  const adopted = await adoptServer(grounds);
  if (adopted === null) await ensurePassword(grounds);
  return watched(adopted ?? (await launchServer(grounds)), { place, say, onExit });
}

/** `answers`: it let us in at `url`. `busy`: a server lives here and does not let us in now. `none`: no server runs. */
export type Found =
  | { readonly kind: "answers"; readonly url: string }
  | { readonly kind: "busy" }
  | { readonly kind: "none" };

/**
 * The database of `dataDir` while somebody else (the portal) runs it. Starts nothing, stops nothing and makes nothing: for the
 * command line. What answers is believed before the list of processes is: in another container the list shows other numbers.
 */
export async function findRunningBuiltIn({ dataDir }: Pick<BuiltInOptions, "dataDir">): Promise<Found> {
  const place = await findPlace(dataDir, null);
  const noted = place && (await readPostmaster(place));
  if (!place || !noted) return { kind: "none" };
  const url = await addressOf(place, noted);
  const answer = url === null ? null : await knock(url);
  if (url !== null && answer?.kind === "in") return { kind: "answers", url };
  if (answer?.kind === "busy") return { kind: "busy" };
  return (await findPostmaster(place)) === null ? { kind: "none" } : { kind: "busy" };
}

/** Notes at the database of `dataDir` which keys have opened it. For whoever runs it. */
export async function noteKeysOfBuiltIn(dataDir: string): Promise<void> {
  const place = await findPlace(dataDir, null);
  if (place !== null) await noteKeys(place);
}

const watchEvery = 500;
const pruneEvery = 3_600_000;

type Watch = { readonly place: Place; readonly say: (line: string) => void; readonly onExit: (() => void) | undefined };

async function watched(running: Running, { place, say, onExit }: Watch): Promise<BuiltIn> {
  const prune = () => pruneLogs(place).catch((fault) => say(`Old database logs could not be removed: ${fault}`));
  await prune();
  const pruning = setInterval(prune, pruneEvery).unref();
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    clearInterval(pruning);
    unwatch();
    onExit?.();
  };
  const unwatch = watch(running, end);
  const stop = async () => {
    isOver = true;
    clearInterval(pruning);
    unwatch();
    await stopServer(running.pid);
  };
  return { url: running.url, stop };
}

/** A child of ours tells when it ends; an adopted one has to be looked at. Returns how to stop watching. */
function watch({ child, pid }: Running, end: () => void): () => void {
  if (child) {
    if (child.exitCode !== null || child.signalCode !== null) setImmediate(end);
    child.once("exit", end);
    return () => child.off("exit", end);
  }
  const looking = setInterval(() => {
    if (!isAlive(pid)) end();
  }, watchEvery).unref();
  return () => clearInterval(looking);
}
