import { setTimeout as pause } from "node:timers/promises";
import { type House, openHouse } from "@/e2e/support/house";
import { broken, stillWaiting } from "@/e2e/support/killed/judge";
import { live, type Promised } from "@/e2e/support/killed/life";
import { type Done, deeds, liveAsOwner, notKept } from "@/e2e/support/killed/owner";
import { moveInMany, settleOwners } from "@/e2e/support/killed/settle";
import { startTwoPortals, type TwoPortals } from "@/e2e/support/killed/two-portals";
import { newTally, type Tally } from "@/e2e/support/killed/visitor";
import { testDatabase } from "@/lib/testing/test-database";

/** How long, how often a portal is killed (both in seconds), and how many logins begin in a second. */
export type Plan = { readonly seconds: number; readonly every: number; readonly rate: number };

/** What came of it. `awayFor`: of each kill, the milliseconds until that portal served again. */
export type Told = Tally & {
  readonly begun: number;
  readonly awayFor: readonly number[];
  /** Of those who meant to do something beside logging in: how many there were, got in and did it, and were told that it is done; of each of the others why not, in words. */
  readonly owners: { readonly begun: number; readonly done: number; readonly told: number };
  readonly untold: readonly string[];
};

/** After so many seconds somebody has another code, and another message may be sent to them. */
const rest = 90;
/** More than are under way at once, however long a login takes. */
const visitors = 12;
/** One login in so many goes by a text message. */
const bySms = 5;
/** One in so many is somebody's who also binds an app, chooses a password, or comes by a recovery code. */
const byOwner = 12;

/** Kills one of two portals behind haproxy, by turns, while visitors log in; then looks whether everything that they were told is true. */
export async function killAgainAndAgain(plan: Plan, say: (line: string) => void): Promise<Told> {
  const database = await testDatabase();
  try {
    const portals = await startTwoPortals(database.url);
    const house = openHouse({ url: portals.url, databaseUrl: database.url, dataDir: portals.dataDir });
    try {
      return await under({ plan, house, portals, say });
    } finally {
      await house.close();
      await portals.stop();
    }
  } finally {
    await database.drop();
  }
}

type Scene = {
  readonly plan: Plan;
  readonly house: House;
  readonly portals: TwoPortals;
  readonly say: (line: string) => void;
};

async function under({ plan, house, portals, say }: Scene): Promise<Told> {
  const { rate, seconds } = plan;
  const people = await moveInMany(house, Math.ceil(rate * Math.min(seconds, rest)));
  const owners = await settleOwners(house, Math.floor((rate * seconds) / byOwner), people.length);
  const tally = newTally();
  const scene = { portals, tally };
  const promises: Promised[] = [];
  const done: Done[] = [];
  let [visits, begunByOwners] = [0, 0];
  const one = async (nth: number) => {
    const owner = nth % byOwner === 1 ? owners.pop() : undefined;
    const person = people[nth % people.length];
    if (owner) begunByOwners += 1;
    const told = owner && (await liveAsOwner(scene, owner));
    if (told) done.push(told);
    const promised = owner || !person ? null : await live(scene, person, nth % bySms === 0 ? "sms" : "totp");
    if (promised) promises.push(promised);
  };
  const begun = performance.now();
  let [next, isOver] = [0, false];
  const visit = async () => {
    for (let nth = next++; nth < seconds * rate; nth = next++) {
      await pause(Math.max(0, begun + (nth / rate) * 1_000 - performance.now()));
      if (isOver) return; // on a slow machine: whoever begins after the last kill meets none
      visits += 1;
      await one(nth);
    }
  };
  const visiting = Promise.all(Array.from({ length: visitors }, visit));
  const awayFor = await kill({ portals, tally }, plan, begun + seconds * 1_000, telling(tally, say));
  isOver = true;
  await visiting;
  tally.mistakes.push(...(await broken(house, scene, promises)));
  tally.mistakes.push(...(await notKept(house, scene, done)));
  tally.mistakes.push(...neverTold(done));
  tally.mistakes.push(...(await stillWaiting(house)));
  const untold = done.flatMap(({ deed, untold: why }) => (why === null ? [] : [`${deed}: ${why}`]));
  return {
    ...tally,
    begun: visits,
    awayFor,
    owners: { begun: begunByOwners, done: done.length, told: done.length - untold.length },
    untold,
  };
}

/** A deed that several did and nobody was told of was never done: not every one of them can have met a kill. */
const neverTold = (done: readonly Done[]): string[] =>
  deeds.flatMap((deed) => {
    const reasons = done.flatMap((one) => (one.deed === deed ? [one.untold] : []));
    const isOdd = reasons.length >= 3 && !reasons.includes(null);
    return isOdd ? [`Nobody of ${reasons.length} was told that it is done (${deed}): ${reasons[0]}`] : [];
  });

/** However slow the machine: each of the two was killed once, and one of them again. */
const fewest = 3;

/** One after the other, and none while the other one is not back: two that are away at once are an outage. */
async function kill(
  { portals, tally }: Pick<Scene, "portals"> & { readonly tally: Tally },
  { every }: Plan,
  ends: number,
  say: (line: string) => void,
): Promise<number[]> {
  const awayFor: number[] = [];
  for (let nth = 0; nth < fewest || performance.now() + every * 1_000 < ends; nth += 1) {
    const begun = performance.now();
    tally.kills += 1;
    const away = await portals.killOne(nth % 2);
    awayFor.push(away);
    say(`kill ${nth + 1}: back after ${Math.round(away)} ms`);
    const isSlow = away > every * 1_000; // the machine: requests take as long there, and few of them should meet two kills
    await pause(isSlow ? away : Math.max(0, begun + every * 1_000 - performance.now()));
  }
  return awayFor;
}

/** Says a line with what came of it so far, and each mistake once, while it goes on: a run that is stopped has told it. */
function telling(tally: Tally, say: (line: string) => void): (line: string) => void {
  let heard = 0;
  return (line) => {
    say(`${line}; ${inShort(tally)}`);
    for (; heard < tally.mistakes.length; heard += 1) say(`  ${tally.mistakes[heard]}`);
  };
}

const inShort = ({ requests, failed, failedAgain, logins, mistakes }: Tally): string =>
  `${requests} requests, ${failed} failed, ${failedAgain} of them again, ${logins.in} let in, ${logins.told} told to start over, ${logins.late} letters late, ${mistakes.length} mistakes`;
