import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startBuiltIn } from "@/lib/db/built-in";
import { findPlace } from "@/lib/db/built-in-place";
import { readPostmaster } from "@/lib/db/built-in-postmaster";
import { openDatabase } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { systemRandom } from "@/lib/kernel/random";
import { live, type Promised } from "@/lib/testing/crash/life";
import { broken } from "@/lib/testing/crash/promises";

const lives = 8;

type Word =
  | { readonly kind: "ready"; readonly url: string }
  | { readonly kind: "promised"; readonly promised: Promised };

/** A portal under load when forked with a folder, else the one who kills: `rounds` times portal, database or both. */
export async function main(entry: string, args: readonly string[]): Promise<void> {
  const [first, second] = args;
  if (first === "portal" && second) return portal(second);
  const dataDir = await mkdtemp(join(tmpdir(), "crash-"));
  try {
    const mistakes = await killAgainAndAgain(entry, dataDir, Number(first ?? 20));
    process.exitCode = mistakes === 0 ? 0 : 1;
  } finally {
    const place = await findPlace(dataDir, null);
    if (place) await rm(place.base, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function portal(dataDir: string): Promise<void> {
  const database = await startBuiltIn({ root: process.cwd(), dataDir, say: () => undefined });
  await migrate(database.url, join(process.cwd(), "prisma", "migrations"), () => undefined);
  const db = openDatabase(database.url, 16);
  const tell = (word: Word) => process.send?.(word);
  tell({ kind: "ready", url: database.url });
  process.once(
    "message",
    () =>
      void db
        .$disconnect()
        .then(() => database.stop())
        .then(() => process.exit(0)),
  );
  const endless = async () => {
    for (;;) await live(db, (promised) => tell({ kind: "promised", promised }));
  };
  await Promise.allSettled(Array.from({ length: lives }, endless)); // the database was killed: this portal waits for its own end
}

async function killAgainAndAgain(entry: string, dataDir: string, rounds: number): Promise<number> {
  const promises: Promised[] = [];
  let mistakes = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const start = performance.now();
    const child = fork(entry, ["portal", dataDir], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const url = await ready(child);
    const before = [...promises];
    child.on("message", (word: Word) => word.kind === "promised" && promises.push(word.promised));
    const upAfter = performance.now() - start;
    const db = openDatabase(url, 2);
    const found = await broken(db, before);
    await db.$disconnect();
    mistakes += found.length;
    process.stdout.write(
      `${found.length === 0 ? "ok " : "BAD"} start ${round + 1}: up after ${(upAfter / 1000).toFixed(1)} s, ${before.length} promises looked at${found.map((one) => `\n    broken: ${one}`).join("")}\n`,
    );
    if (round === rounds) await ended(child, () => child.send("stop"));
    else {
      await untilMore(promises, before.length + 5 + (systemRandom.bytes(1)[0] ?? 0) / 4);
      const faults = await kill(child, dataDir, (["portal", "database", "both"] as const)[round % 3] ?? "both");
      if (faults.length > 0) process.stdout.write(`BAD ${faults.join()}\n`);
      mistakes += faults.length;
    }
  }
  process.stdout.write(`${rounds} kills, ${promises.length} promises, ${mistakes} broken.\n`);
  return mistakes + (promises.length === 0 ? 1 : 0);
}

/** Waits for so many promises, and then for a moment that nobody can foresee. */
async function untilMore(promises: readonly Promised[], count: number): Promise<void> {
  for (const start = performance.now(); promises.length < count && performance.now() - start < 30_000; )
    await pause(10);
  await pause((systemRandom.bytes(1)[0] ?? 0) / 2);
}

/** Out: what should not have happened: a portal that dies with its database could not say "later" to anybody. */
async function kill(child: ChildProcess, dataDir: string, whom: "portal" | "database" | "both"): Promise<string[]> {
  const place = await findPlace(dataDir, null);
  const server = place && (await readPostmaster(place));
  if (whom !== "portal" && server) process.kill(server.pid, "SIGKILL");
  if (whom === "database") await pause(500); // the portal still lives, and its people are told that it does not work now
  const hasDied = whom === "database" && isOver(child);
  await ended(child, () => child.kill("SIGKILL"));
  return hasDied ? ["the portal died with its database"] : [];
}

function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once("message", (word: Word) =>
      word.kind === "ready" ? resolve(word.url) : reject(new Error("The portal spoke before it was ready.")),
    );
    child.once("exit", (code) => reject(new Error(`The portal ended with ${code} before it was ready.`)));
  });
}

const isOver = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

function ended(child: ChildProcess, end: () => void): Promise<void> {
  return new Promise((resolve) => {
    if (isOver(child)) return resolve();
    child.once("exit", () => resolve());
    end();
  });
}
