import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Binaries } from "@/lib/db/built-in-binaries";
import { explained, spawnOptions } from "@/lib/db/built-in-cluster";
import { textOf } from "@/lib/db/built-in-files";
import { knock } from "@/lib/db/built-in-knock";
import type { Place } from "@/lib/db/built-in-place-names";
import { addressOf, isGoneWithin, type Postmaster, readPostmaster, signal } from "@/lib/db/built-in-postmaster";
import { chooseListening, serverArguments } from "@/lib/db/built-in-settings";
import { minutes, seconds } from "@/lib/kernel/duration";

/** A server that answers. `child` is null when it was found running. */
export type Running = { readonly url: string; readonly pid: number; readonly child: ChildProcess | null };

/** How long to wait at most: for what a killed server left behind to end, for a crash recovery, for a server that says it is ready to let us in. */
export type Waits = { readonly orphans: number; readonly recovery: number; readonly deaf: number };

const usualWaits: Waits = { orphans: seconds(60), recovery: minutes(5), deaf: seconds(20) };

/** `signal`: whoever waits for the start may give up; a server of ours is then stopped again. */
export type Grounds = {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
  readonly waits?: Waits;
};

/** Starts a server of our own and waits until it answers; crash recovery included. Throws what it said when it ends. */
export async function launchServer(grounds: Grounds): Promise<Running> {
  const start = performance.now();
  const { orphans } = grounds.waits ?? usualWaits;
  for (;;) {
    const result = await tryLaunch(grounds);
    if ("url" in result) return result;
    // Backends of a killed server finish their statement first; their shared memory keeps a second server out.
    const isBusy = isHeldByOrphans(result.said);
    if (!isBusy || performance.now() - start > orphans) {
      throw new Error(`The database did not start:\n${result.said}\nIts log is in ${grounds.place.logs}.`);
    }
    await pause(250);
  }
}

/** Each line for itself and by plain words: what a server says may be long. */
function isHeldByOrphans(said: string): boolean {
  const has = (line: string, ...words: readonly string[]) => words.every((word) => line.includes(word));
  return said
    .split("\n")
    .some(
      (line) => has(line, "shared memory block ", " is still in use") || has(line, 'lock file "', '" already exists'),
    );
}

async function tryLaunch({
  place,
  binaries,
  say,
  signal: over,
  waits = usualWaits,
}: Grounds): Promise<Running | { readonly said: string }> {
  const listening = await chooseListening(place);
  await clearSockets(place);
  const log = await open(place.startLog, "w", 0o600);
  // Detached: Ctrl-C in the terminal reaches the portal only, which then stops its database in good order.
  const options: SpawnOptions = { ...spawnOptions(place), detached: true, stdio: ["ignore", log.fd, log.fd] };
  const child = spawn(join(binaries.folder, "bin", "postgres"), serverArguments(place, listening), options);
  const ended = new Promise<"ended">((resolve, reject) => {
    child.once("error", (fault) => reject(explained(fault)));
    child.once("exit", () => resolve("ended"));
  });
  child.unref();
  try {
    const ready = await Promise.race([untilReady({ place, child, say, over, waits }), ended]);
    if (ready !== "ended") return ready;
    return { said: await lastWords(place, child.pid) };
  } catch (fault) {
    if (child.pid !== undefined) await stopServer(child.pid); // nobody would ever own it
    throw fault;
  } finally {
    await log.close();
  }
}

/**
 * A killed server leaves its socket and the note that guards it; where nobody waits for dead processes its number still
 * looks alive, and PostgreSQL would refuse. The folder is this database's alone, and no server of it runs.
 */
async function clearSockets(place: Pick<Place, "sockets">): Promise<void> {
  for (const name of await readdir(place.sockets)) await rm(join(place.sockets, name), { force: true });
}

/** What this very server said: before its own log opened, and in it. */
async function lastWords(place: Place, pid: number | undefined): Promise<string> {
  const early = (await textOf(place.startLog)) ?? "";
  const newest = (await readdir(place.logs)).sort().at(-1);
  const log = newest === undefined ? "" : ((await textOf(join(place.logs, newest))) ?? "");
  const late = log.split("\n").filter((line) => line.includes(`[${pid}]`));
  return [...early.split("\n"), ...late].slice(-8).join("\n");
}

type Awaited = {
  readonly place: Place;
  readonly child: ChildProcess;
  readonly say: (line: string) => void;
  readonly over: AbortSignal | undefined;
  readonly waits: Waits;
};

/** Crash recovery may take minutes. A server that says of itself that it is ready, and yet lets nobody in, will not change its mind. */
async function untilReady({ place, child, say, over, waits }: Awaited): Promise<Running | "ended"> {
  const start = performance.now();
  let readyAt: number | null = null;
  let isPatient = true;
  while (child.exitCode === null && child.signalCode === null) {
    over?.throwIfAborted();
    const noted = await readPostmaster(place);
    const url = noted !== null && isReadyChild(noted, child) ? await addressOf(place, noted) : null;
    const now = performance.now();
    if (url !== null && child.pid !== undefined) {
      readyAt ??= now;
      const answer = await knock(url);
      if (answer.kind === "in") return { url, pid: child.pid, child };
      if (answer.kind === "refused" || now - readyAt > waits.deaf) throw new Error(doesNotLetIn(place, answer.reason));
    }
    if (isPatient && url === null && now - start > 5_000) {
      say("The database is putting itself in order after an unclean stop…");
      isPatient = false;
    }
    if (now - start > waits.recovery)
      throw new Error(
        `The database did not answer within ${Math.ceil(waits.recovery / 1000)} seconds. Its log is in ${place.logs}.`,
      );
    await pause(20);
  }
  return "ended";
}

const doesNotLetIn = (place: Place, reason: string) =>
  `The database started, but does not let the portal in: ${reason}. Its log is in ${place.logs}; where its password does not fit any more, remove ${place.passwordFile} and start again.`;

const isReadyChild = (noted: Postmaster, child: ChildProcess) => noted.isReady && noted.pid === child.pid;

/** Fast shutdown (open transactions roll back, everything is written), then firmer. Returns when the process is gone. */
export async function stopServer(pid: number): Promise<void> {
  const steps = [
    { name: "SIGINT", wait: 30_000 },
    { name: "SIGQUIT", wait: 5_000 },
    { name: "SIGKILL", wait: 5_000 },
  ] as const;
  for (const { name, wait } of steps) {
    signal(pid, name);
    if (name !== "SIGKILL") signal(pid, "SIGCONT"); // a suspended one would not hear it
    if (await isGoneWithin(pid, wait)) return;
  }
  throw new Error(`The database process ${pid} cannot be stopped. Stop it by hand.`);
}

/** Keeps the newest five log files (5 MB each): the log can never fill the disk. */
export async function pruneLogs(place: Pick<Place, "logs">): Promise<void> {
  const files = (await readdir(place.logs)).filter((name) => name.endsWith(".log")).sort();
  for (const name of files.slice(0, -5)) await rm(join(place.logs, name), { force: true });
}
