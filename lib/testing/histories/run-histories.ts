import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as fc from "fast-check";
import { beginningOf, casts, type Part, placesOf } from "@/lib/testing/histories/cast";
import type { House } from "@/lib/testing/histories/house";
import { losing, lostCommits } from "@/lib/testing/histories/lost-commits";
import { begin } from "@/lib/testing/histories/model/people";
import { day } from "@/lib/testing/histories/model/rules";
import { moves, pairs } from "@/lib/testing/histories/moves";
import { pairOf } from "@/lib/testing/histories/pair";
import { type Model, type Real, stepOf } from "@/lib/testing/histories/step";
import { newWorld } from "@/lib/testing/histories/world";
import { sendingSettings } from "@/lib/testing/letters";
import { startTestServer, testDatabase } from "@/lib/testing/test-database";

/** What `npm run histories` was asked. `path`, `replay`: only the one history that a run before has printed. */
export type Asked = {
  readonly steps: number;
  readonly seed: number;
  /** How many are played beside each other: most of the time each waits for the database. */
  readonly beside: number;
  readonly path: string | null;
  readonly replay: string | null;
  /** No shortening: it is enough to know that there is a disagreement. */
  readonly first: boolean;
  /** Every transaction of the house is lost once at its commit, and must come out the same. */
  readonly lostCommits: boolean;
};

/** The day's budgets of the whole house hold nobody up: many histories share them. A browser is trusted for three days, so that histories outlive it. */
const settings = {
  ...sendingSettings,
  SECOND_FACTOR_KINDS: "passkey,totp,sms,email",
  SMS_PER_DAY: "1000000",
  MAIL_PER_DAY: "1000000",
  TRUST_DEVICES: "3",
  PASSKEY_UNASKED: "true",
};
const livesAtOnce = 3;
const historiesPerSeed = 10;
const longest = 150;
/** How often the terminal hears that it goes on. */
const every = 2_000;

/** Plays histories until so many steps are done, or one disagrees; prints what was played and found. Out: true when none did. */
export async function main(root: string, asked: Asked): Promise<boolean> {
  const server = process.env.TEST_SERVER_URL === undefined ? await startTestServer(root) : null;
  const { url, drop } = await testDatabase();
  const houses = await openLives(root, url);
  const lives = asked.lostCommits ? houses.map(losing) : houses;
  try {
    return await playAll(asked, lives);
  } finally {
    for (const life of lives) await life.close();
    await drop();
    await server?.stop();
  }
}

/** Copies of the house that share nothing but the database: each is loaded as modules of its own, and a restart goes on in the next. */
async function openLives(root: string, url: string): Promise<House[]> {
  const file = pathToFileURL(join(root, ".sallyport", "house.mjs")).href;
  const lives: House[] = [];
  for (let life = 0; life < livesAtOnce; life += 1) {
    const { openHouse } = await import(`${file}?life=${life}`);
    lives.push(openHouse(url, settings));
  }
  return lives;
}

type Tally = {
  steps: number;
  histories: number;
  readonly of: Map<string, number>;
  /** When the next history begins: each has days of its own. */
  start: number;
  seed: number;
  /** Somebody has found a disagreement, and shortens it. */
  isFound: boolean;
};

async function playAll(asked: Asked, lives: readonly House[]): Promise<boolean> {
  const start = Date.UTC(2030, 0, 7);
  const tally: Tally = { steps: 0, histories: 0, of: new Map(), start, seed: asked.seed, isFound: false };
  const began = performance.now();
  const players = asked.path === null ? asked.beside : 1;
  await Promise.all(Array.from({ length: players }, () => playOn(asked, lives, tally)));
  const seconds = (performance.now() - began) / 1000;
  for (const [what, times] of [...tally.of].sort()) say(`  ${String(times).padStart(6)}  ${what}`);
  if (asked.lostCommits) say(`${lostCommits()} commits were lost, each once`);
  const { steps, histories, isFound } = tally;
  say(
    `seed ${asked.seed}: ${steps} steps in ${histories} histories, ${Math.round(seconds)} s, ${Math.round(steps / seconds)} a second`,
  );
  return !isFound;
}

/** One player: seed after seed, until all steps are done or somebody has found a disagreement. */
async function playOn(asked: Asked, lives: readonly House[], tally: Tally): Promise<void> {
  const { path, first } = asked;
  while (tally.steps < asked.steps && !tally.isFound) {
    const seed = tally.seed;
    tally.seed += 1;
    const only = path === null ? { numRuns: historiesPerSeed } : { numRuns: 1, path };
    const found = await fc.check(historiesOf(asked, lives, tally), {
      seed,
      endOnFailure: first,
      unbiased: true,
      ...only,
    });
    if (found.failed) say(inWords(found));
    if (path !== null) return;
  }
}

function historiesOf({ steps: enough, replay }: Asked, lives: readonly House[], tally: Tally) {
  const replayed = replay === null ? {} : { replayPath: replay };
  const twoAtOnce = Array.from({ length: 4 }, () => pairs.map(pairOf));
  const steps = fc.commands([...moves.map((one) => one.map(stepOf)), ...twoAtOnce], {
    maxCommands: longest,
    size: "max",
    ...replayed,
  });
  const mine = { isFound: false };
  const cast = fc.subarray([...casts], { minLength: 1, maxLength: 3 });
  return fc.asyncProperty(cast, steps, async (parts, commands) => {
    const isDone = () => (tally.isFound ? !mine.isFound : tally.steps >= enough);
    if (isDone()) return;
    const both = await settle(lives, tally, { parts, isDone });
    try {
      await fc.asyncModelRun(() => both, commands);
    } catch (disagreement) {
      if (!tally.isFound) say(`Disagreement; it is being shortened, which takes some minutes.\n${endOf(disagreement)}`);
      tally.isFound = true;
      mine.isFound = true;
      throw disagreement;
    } finally {
      const { now } = both.model.state;
      tally.start = Math.max(tally.start, (Math.floor(now / day) + 60) * day);
    }
  });
}

/** What differed, without the way there. */
const endOf = (disagreement: unknown): string => String(disagreement).split("\n").slice(-8).join("\n");

type Settling = { readonly parts: readonly Part[]; readonly isDone: () => boolean };
type Both = { readonly model: Model; readonly real: Real };

/** Fresh people in the common house, and what the rules know of them. */
async function settle(lives: readonly House[], tally: Tally, { parts, isDone }: Settling): Promise<Both> {
  tally.histories += 1;
  const number = tally.histories;
  const beginning = beginningOf(number, tally.start, parts);
  const world = newWorld(beginning);
  await lives[0]?.moveIn(world, beginning);
  const note: Real["note"] = (what) => {
    tally.steps += 1;
    if (tally.steps % every === 0) say(`${tally.steps} steps in ${tally.histories} histories`);
    tally.of.set(what, (tally.of.get(what) ?? 0) + 1);
  };
  const model = { state: begin(beginning), places: placesOf(number), names: 0, story: [], isDone };
  return { model, real: { world, lives, life: number % lives.length, note } };
}

type Found = Pick<
  fc.RunDetails<unknown>,
  "seed" | "counterexamplePath" | "counterexample" | "numShrinks" | "errorInstance"
>;

function inWords({ seed, counterexamplePath, counterexample, numShrinks, errorInstance }: Found): string {
  const why = errorInstance instanceof Error ? (errorInstance.stack ?? "") : String(errorInstance);
  const how = `seed ${seed}, path ${counterexamplePath}, ${numShrinks} times shortened`;
  return [`A history disagrees (${how}):`, fc.stringify(counterexample), why].join("\n");
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
