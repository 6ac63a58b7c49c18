import { setPriority } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { type Cluster, startCluster } from "@/e2e/support/cluster/cluster";
import type { Way } from "@/e2e/support/cluster/losses";
import { openHouse, type Resident } from "@/e2e/support/house";
import { broken } from "@/e2e/support/killed/judge";
import { live, type Promised } from "@/e2e/support/killed/life";
import { moveInMany } from "@/e2e/support/killed/settle";
import { startTwoPortals, type TwoPortals } from "@/e2e/support/killed/two-portals";
import { newTally, type Tally } from "@/e2e/support/killed/visitor";

/** How many leaders are lost and in which ways, by turns; how many logins begin in a second; whether a commit waits for a second machine. */
export type Plan = {
  readonly kills: number;
  readonly ways: readonly Way[];
  readonly rate: number;
  readonly isSynchronous: boolean;
};

/**
 * What came of it. `databaseAway`, `portalsAway`: of each leader, the milliseconds until another one took a write, and until both portals were ready again.
 * `begun`: logins; `perSecond`: those that let in, a second, and began and ended while a leader was there. `late`: what leaders acknowledged that were frozen or cut off.
 */
export type Told = Tally & {
  readonly databaseAway: number[];
  readonly portalsAway: number[];
  readonly begun: number;
  readonly perSecond: number;
  readonly late: Awaited<ReturnType<Cluster["lateWrites"]>>;
};

/** After so many seconds somebody has another code. */
const rest = 90;
/** Who waits for a database that is away does so for this long: more than a leader takes. */
const patience = 60;
/** Code that has not run yet is slow: in milliseconds, for the first logins. */
const warmth = 20_000;
/** In milliseconds: who has waited for a leader is served before the next one is lost, or has had so long. Half of the time would otherwise be outage, and nobody could catch up. */
const longestCrowd = 120_000;
/** The database's machines are others in truth: visitors, and the portals that are started from here on, take none of their time. */
const afterTheDatabase = 5;
/** For each login a second so many visitors: those who wait for a leader, and enough beside them that the rate is held. */
const visitorsEach = 40;

/** Takes the lead from whoever has it, again and again, while visitors log in at two portals; then looks whether everything that they were told is true. */
export async function loseLeaders(plan: Plan, say: (line: string) => void): Promise<Told> {
  const cluster = await startCluster(plan);
  setPriority(afterTheDatabase);
  try {
    const portals = await startTwoPortals(cluster.url);
    try {
      return await under({ plan, cluster, portals, say });
    } finally {
      await portals.stop();
    }
  } finally {
    await cluster.stop();
  }
}

type Scene = {
  readonly plan: Plan;
  readonly cluster: Cluster;
  readonly portals: TwoPortals;
  readonly say: (line: string) => void;
};

async function under({ plan, cluster, portals, say }: Scene): Promise<Told> {
  const place = { url: portals.url, databaseUrl: cluster.url, dataDir: portals.dataDir };
  const people = await inHouse(place, (house) => moveInMany(house, plan.rate * rest));
  const tally = newTally(patience);
  const [databaseAway, portalsAway]: [number[], number[]] = [[], []];
  const promises: Promised[] = [];
  const load = visit({ portals, tally, people, rate: plan.rate }, promises);
  await pause(warmth);
  for (let nth = 0; nth < plan.kills; nth += 1) {
    const served = await load.untilServed();
    if (nth > 0)
      say(
        `  who had waited for it: ${served === null ? "not all" : "all"} served ${inSeconds(served ?? longestCrowd)} later`,
      );
    const way = plan.ways[nth % plan.ways.length] ?? "kill";
    load.leaderIsAway(true);
    const begun = performance.now();
    const { name, away, revive } = await cluster.loseLeader(way);
    await portals.untilReady(patience * 1_000);
    load.leaderIsAway(false);
    const ready = performance.now() - begun;
    databaseAway.push(away);
    portalsAway.push(ready);
    say(
      `leader ${nth + 1} (${name}) lost, ${way}: a write after ${inSeconds(away)}, portals ready after ${inSeconds(ready)}`,
    );
    await revive();
    await cluster.untilWhole();
  }
  await load.untilServed();
  const { begun, perSecond } = await load.stop();
  const late = await cluster.lateWrites();
  if (late.lost > 0)
    tally.mistakes.push(`A leader that was frozen or cut off acknowledged ${late.lost} writes that are lost.`);
  tally.mistakes.push(...(await inHouse(place, (house) => broken(house, { portals, tally }, promises))));
  return { ...tally, databaseAway, portalsAway, begun, perSecond, late };
}

type House = ReturnType<typeof openHouse>;

/** Its lines do not outlive a leader: it is opened for a while only. */
async function inHouse<T>(place: Parameters<typeof openHouse>[0], work: (house: House) => Promise<T>): Promise<T> {
  const house = openHouse(place);
  return work(house).finally(() => house.close());
}

type Load = {
  readonly portals: TwoPortals;
  readonly tally: Tally;
  readonly people: readonly (Resident & { readonly phone: string })[];
  readonly rate: number;
};

/**
 * So many logins a second, by turns of all people, until it is stopped. `untilServed` waits until no more of them are under way than in ordinary times, and were not
 * for five seconds; out: after how many milliseconds, null: not in two minutes. Out of `stop`: how many were begun, and how many a second let in while a leader was there.
 */
function visit({ portals, tally, people, rate }: Load, promises: Promised[]) {
  const begun = performance.now();
  const calm = newCalm();
  let [next, isOver, logins, underWay] = [0, false, 0, 0];
  const one = async () => {
    for (let nth = next++; !isOver; nth = next++) {
      await pause(Math.max(0, begun + (nth / rate) * 1_000 - performance.now()));
      const person = people[nth % people.length];
      if (!person || isOver) continue;
      logins += 1;
      underWay += 1;
      const ended = calm.begin();
      const promised = await live({ portals, tally }, person, "totp");
      ended(promised !== null);
      underWay -= 1;
      if (promised) promises.push(promised);
    }
  };
  const all = Promise.all(Array.from({ length: rate * visitorsEach }, one));
  const stop = async () => {
    const perSecond = calm.perSecond();
    isOver = true;
    await all;
    return { begun: logins, perSecond };
  };
  const untilServed = async () => {
    const since = performance.now();
    let calmSeconds = 0;
    while (calmSeconds < 5 && performance.now() - since < longestCrowd) {
      await pause(1_000);
      calmSeconds = underWay > 2 * rate ? 0 : calmSeconds + 1;
    }
    return calmSeconds < 5 ? null : performance.now() - since - 5_000;
  };
  return { leaderIsAway: calm.leaderIsAway, untilServed, stop };
}

/** Counts who begins and is let in without a leader being lost in between, and for how long nobody was. */
function newCalm() {
  let [since, length, ended, losses, isAway] = [performance.now(), 0, 0, 0, false];
  const leaderIsAway = (is: boolean) => {
    if (is) length += performance.now() - since;
    since = performance.now();
    losses += is ? 1 : 0;
    isAway = is;
  };
  const begin = () => {
    const [before, wasAway] = [losses, isAway];
    return (isIn: boolean) => {
      if (isIn && !wasAway && losses === before) ended += 1;
    };
  };
  const perSecond = () => ended / ((length + performance.now() - since) / 1_000);
  return { leaderIsAway, begin, perSecond };
}

const inSeconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;
