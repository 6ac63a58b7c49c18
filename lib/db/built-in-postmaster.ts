import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { databaseName } from "@/lib/db/built-in-cluster";
import { textOf } from "@/lib/db/built-in-files";
import type { Place } from "@/lib/db/built-in-place-names";

/** What PostgreSQL writes into `postmaster.pid`: who runs on this data directory, and how to reach it. */
export type Postmaster = {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
  /** True: reached through the socket folder. False: through 127.0.0.1. */
  readonly hasSocket: boolean;
};

/** The living server of this very data directory, or null. Changes nothing. */
export async function findPostmaster(place: Place): Promise<Postmaster | null> {
  const noted = await readPostmaster(place);
  if (noted === null || (!isAlive(noted.pid) && !isZombie(noted.pid))) return null;
  return isServerOf(place, await commandOf(noted.pid)) ? noted : null;
}

/**
 * Another process got the number after a crash; PostgreSQL would take it for a running server and refuse to start. Only for whoever
 * holds the data folder: seen from another container, the number of a living server belongs to somebody else as well. Backends that
 * outlived the server still keep a second one out: by their shared memory, found by the folder itself.
 */
export async function removeStaleNote(place: Place): Promise<void> {
  const noted = await readPostmaster(place);
  if (noted === null || !isAlive(noted.pid)) return;
  const command = await commandOf(noted.pid);
  if (command !== null && !isServerOf(place, command)) {
    await rm(join(place.cluster, "postmaster.pid"), { force: true });
  }
}

const isServerOf = (place: Place, command: string | null) => command?.includes(` -D ${place.cluster} -c `) === true;

/** The note as it stands, whoever wrote it. */
export async function readPostmaster(place: Place): Promise<Postmaster | null> {
  const lines = (await textOf(join(place.cluster, "postmaster.pid")))?.split("\n") ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return null;
  return {
    pid,
    port: Number(lines[3]),
    hasSocket: (lines[4] ?? "").trim() !== "",
    isReady: (lines[7] ?? "").trim() === "ready",
  };
}

/** True while a process with this number runs, whoever owns it. One that ended but was never waited for does not run. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (fault) {
    return fault instanceof Error && "code" in fault && fault.code === "EPERM";
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false; // gone since, or not ours to look at: the next look will tell
  }
}

/** Sends a signal; a process that is gone already is what we wanted. */
export function signal(pid: number, name: NodeJS.Signals): void {
  if (isAlive(pid)) process.kill(pid, name);
}

/** Waits until the process is gone, at most `milliseconds`. True when it is. */
export async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
  for (const start = performance.now(); performance.now() - start < milliseconds; await pause(25)) {
    if (!isAlive(pid)) return true;
  }
  return !isAlive(pid);
}

/** The command line of a process, its parts with spaces between them, null when it cannot be read. */
async function commandOf(pid: number): Promise<string | null> {
  if (process.platform === "linux") return (await textOf(`/proc/${pid}/cmdline`))?.replaceAll("\0", " ") ?? null;
  return new Promise((resolve) => {
    execFile("ps", ["-o", "command=", "-p", String(pid)], (fault, printed) => resolve(fault ? null : printed));
  });
}

/** The address of the database at this server, for `pg` and Prisma. Null while there is no password. */
export async function addressOf(place: Place, server: Pick<Postmaster, "port" | "hasSocket">): Promise<string | null> {
  const password = await textOf(place.passwordFile);
  if (password === null) return null;
  if (!server.hasSocket) return `postgresql://${databaseName}:${password}@127.0.0.1:${server.port}/${databaseName}`;
  const folder = encodeURIComponent(place.sockets);
  return `postgresql://${databaseName}:${password}@localhost:${server.port}/${databaseName}?host=${folder}`;
}
