import "@/lib/testing/races/cheap-hashing-if-asked";
import { type ChildProcess, fork } from "node:child_process";
import { parseArgs } from "node:util";
import { openDatabase } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { fixedClock } from "@/lib/kernel/clock";
import { minutes } from "@/lib/kernel/duration";
import { inWords as mannersInWords, mannersOf, teach } from "@/lib/testing/other-manners";
import { pgbouncer, poolModeOf, startPooler } from "@/lib/testing/pooler";
import { type Race, raceSettings } from "@/lib/testing/races/race";
import { type Order, type Report, race as runRacer } from "@/lib/testing/races/racer";
import { races } from "@/lib/testing/races/races";
import { monday, testContext } from "@/lib/testing/test-context";
import { startTestServer, testDatabase } from "@/lib/testing/test-database";
import { setSettings } from "@/lib/testing/test-settings";

const parallel = 50;

/** Of PgBouncer to the server: in session mode one for each of ours, else far fewer than there are attempts. */
const connections = { session: 40, transaction: 5 } as const;

type Done = Extract<Report, { kind: "done" }>;
/** How one race went: `mistakes` is empty when exactly one attempt won every round and every row says so. */
export type Result = {
  readonly race: string;
  readonly rounds: number;
  readonly attempts: number;
  readonly wins: readonly number[];
  readonly milliseconds: number;
  readonly mistakes: readonly string[];
};

const flag = { type: "boolean", default: false } as const;
const text = { type: "string" } as const;
const options = {
  isolation: text,
  pooler: text,
  "cached-sequences": flag,
  "cheap-hashing": flag,
  unnamed: flag,
} as const;

/**
 * A worker when forked with an address, else the starter: every race, so many rounds, from two processes on one database.
 * A second word chooses the races whose name has it. `--isolation`, `--cached-sequences`: on a database with such manners. `--pooler`: behind PgBouncer in this mode.
 * `--cheap-hashing`: without the work of a password, which takes most of the time. Out: what was asked wrongly, in a sentence; null: nothing.
 */
export async function main(entry: string, args: readonly string[]): Promise<string | null> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [first, second] = positionals;
  if (first === "racer" && second) {
    await runRacer(second, !values.unnamed);
    return null;
  }
  const chosen = races.filter(({ name }) => name.includes(second ?? ""));
  if (chosen.length === 0) return `No race has "${second}" in its name.`;
  setSettings(raceSettings);
  const rounds = Number(first ?? 200);
  const { way, inWords: words, close } = await openWay(values);
  process.stdout.write(`On a database ${words}:\n`);
  const cheap = values["cheap-hashing"] ? ["--cheap-hashing"] : [];
  const racer = ["racer", way.url, ...cheap, ...(way.named ? [] : ["--unnamed"])];
  const racers = [fork(entry, racer), fork(entry, racer)];
  try {
    const results: Result[] = [];
    for (const one of chosen) {
      const result = await runRace(one, rounds, way, racers);
      process.stdout.write(`${inWords(result)}\n`);
      results.push(result);
    }
    process.exitCode = results.every(({ mistakes }) => mistakes.length === 0) ? 0 : 1;
    return null;
  } finally {
    for (const racer of racers) racer.send({ kind: "stop" } satisfies Order);
    await Promise.all(racers.map((racer) => new Promise((resolve) => racer.once("exit", resolve))));
    await close();
  }
}

type Way = { readonly url: string; readonly named: boolean };
type Asked = { readonly isolation?: string; readonly pooler?: string; readonly "cached-sequences": boolean };

/** A database with the manners that were asked for, and the way to it. Throws a sentence for whoever asked for what there is not. */
async function openWay({ isolation, pooler: word, "cached-sequences": cached }: Asked) {
  const manners = mannersOf({ isolation, cached });
  const mode = word === undefined ? null : poolModeOf(word);
  if (mode !== null && pgbouncer === null)
    throw new Error("There is no PgBouncer here (Debian: apt-get install pgbouncer).");
  const server = process.env.TEST_SERVER_URL === undefined ? await startTestServer() : null;
  const { url, drop } = await testDatabase();
  await teach(url, manners);
  const pooler = mode === null ? null : await startPooler(url, mode, connections[mode]);
  const way: Way = { url: pooler?.through(url) ?? url, named: mode !== "transaction" };
  const behind = mode === null ? "" : `, behind PgBouncer in ${mode} mode`;
  const close = async () => {
    await pooler?.stop();
    await drop();
    await server?.stop();
  };
  return { way, inWords: `${mannersInWords(manners) || "as it comes"}${behind}`, close };
}

type Course = { readonly db: PrismaClient; readonly racers: readonly ChildProcess[] };

async function runRace(one: Race, rounds: number, way: Way, racers: readonly ChildProcess[]): Promise<Result> {
  const db = openDatabase(way.url, 4, way.named);
  const start = performance.now();
  const mistakes: string[] = [];
  const wins = new Map<number, number>(racers.map(({ pid = 0 }) => [pid, 0]));
  let attempts = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { reports, found } = await playRound(one, round, { db, racers });
    for (const { pid, won } of reports) wins.set(pid, (wins.get(pid) ?? 0) + won);
    attempts += reports.reduce((sum, report) => sum + report.attempts, 0);
    mistakes.push(...found.map((mistake) => `round ${round}: ${mistake}`));
  }
  await db.$disconnect();
  const milliseconds = performance.now() - start;
  return { race: one.name, rounds, attempts, wins: [...wins.values()], milliseconds, mistakes };
}

/** Everybody is told the round and says that they stand ready; then all start at one word. What was wrong afterwards: `found`. */
async function playRound(one: Race, round: number, { db, racers }: Course) {
  const clock = fixedClock(new Date(monday.getTime() + round * minutes(10)));
  const ctx = testContext({ db, clock });
  const course = await one.prepare(ctx, round);
  const now = clock.now().toISOString();
  await Promise.all(
    racers.map((racer, half) => {
      const indices = Array.from({ length: parallel / 2 }, (_, index) => index * 2 + half);
      return heard(racer, { kind: "ready", race: one.name, round, now, course, indices });
    }),
  );
  const inTurn = round % 2 === 0 ? racers : racers.toReversed(); // neither process always hears the word first
  const heardOf = await Promise.all(inTurn.map((racer) => heard(racer, { kind: "go" })));
  const reports = heardOf.filter((report): report is Done => report.kind === "done");
  const counted = await one.count(ctx, course);
  const miscounted = counted
    .filter(([, is, must]) => is !== must)
    .map(([what, is, must]) => `${what}: ${is} instead of ${must}`);
  return { reports, found: [...wrongIn(reports, one.winners ?? 1), ...miscounted] };
}

function wrongIn(reports: readonly Done[], winners: number): string[] {
  const won = reports.reduce((sum, report) => sum + report.won, 0);
  const pids = new Set(reports.filter(({ attempts }) => attempts === parallel / 2).map(({ pid }) => pid));
  return [
    ...(won === winners ? [] : [`${won} winners instead of ${winners}`]),
    ...(pids.size === 2 ? [] : [`${pids.size} processes took part instead of 2`]),
    ...reports.flatMap(({ faults }) => faults),
  ];
}

/** Gives an order and waits for the one answer to it. A racer that dies instead ends the run. */
function heard(racer: ChildProcess, order: Order): Promise<Report> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null) => reject(new Error(`A racer ended with ${code}.`));
    racer.once("exit", died);
    racer.once("message", (report: Report) => {
      racer.off("exit", died);
      resolve(report);
    });
    racer.send(order);
  });
}

function inWords({ race, rounds, attempts, wins, milliseconds, mistakes }: Result): string {
  const line = `${mistakes.length === 0 ? "ok " : "BAD"} ${race}: ${rounds} rounds, ${attempts} attempts, won ${wins.join(" + ")} by the two processes, ${(milliseconds / 1000).toFixed(1)} s`;
  return [line, ...mistakes.slice(0, 10).map((mistake) => `    ${mistake}`)].join("\n");
}
