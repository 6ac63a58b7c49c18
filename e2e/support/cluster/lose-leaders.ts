import { setTimeout as pause } from "node:timers/promises";
import { type Cluster, startCluster } from "@/e2e/support/cluster/cluster";
import { openHouse, type Resident } from "@/e2e/support/house";
import { broken } from "@/e2e/support/killed/judge";
import { live, type Promised } from "@/e2e/support/killed/life";
import { settle } from "@/e2e/support/killed/settle";
import { startTwoPortals, type TwoPortals } from "@/e2e/support/killed/two-portals";
import { newTally, type Tally } from "@/e2e/support/killed/visitor";

/** How many leaders are lost, how many logins begin in a second, and whether a commit waits for a second machine. */
export type Plan = { readonly kills: number; readonly rate: number; readonly isSynchronous: boolean };

/** What came of it. `databaseAway`, `portalsAway`: of each leader, the milliseconds until another one took a write, and until both portals were ready again. */
export type Told = Tally & { readonly databaseAway: number[]; readonly portalsAway: number[] };

/** After so many seconds somebody has another code. */
const rest = 90;
/** Who waits for a database that is away does so for this long: more than a leader takes. */
const patience = 60;
const visitors = 12;

/** Kills whoever leads, again and again, while visitors log in at two portals; then looks whether everything that they were told is true. */
export async function loseLeaders(plan: Plan, say: (line: string) => void): Promise<Told> {
  const cluster = await startCluster(plan);
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
  const people = await inHouse(place, (house) => settle(house, plan.rate * rest));
  const told = { ...newTally(patience), databaseAway: [] as number[], portalsAway: [] as number[] };
  const promises: Promised[] = [];
  const load = visit({ portals, tally: told, people, rate: plan.rate }, promises);
  for (let nth = 1; nth <= plan.kills; nth += 1) {
    await pause(5_000);
    const begun = performance.now();
    const { name, away, revive } = await cluster.loseLeader();
    await portals.untilReady(patience * 1_000);
    told.databaseAway.push(away);
    told.portalsAway.push(performance.now() - begun);
    say(
      `leader ${nth} (${name}) lost: a write after ${inSeconds(away)}, portals ready after ${inSeconds(told.portalsAway.at(-1) ?? 0)}`,
    );
    revive();
    await cluster.untilWhole();
  }
  await pause(5_000);
  await load.stop();
  told.mistakes.push(...(await inHouse(place, (house) => broken(house, { portals, tally: told }, promises))));
  return told;
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

/** So many logins a second, by turns of all people, until it is stopped. */
function visit({ portals, tally, people, rate }: Load, promises: Promised[]) {
  const begun = performance.now();
  let [next, isOver] = [0, false];
  const one = async () => {
    for (let nth = next++; !isOver; nth = next++) {
      await pause(Math.max(0, begun + (nth / rate) * 1_000 - performance.now()));
      const person = people[nth % people.length];
      const promised = person && !isOver && (await live({ portals, tally }, person, "totp"));
      if (promised) promises.push(promised);
    }
  };
  const all = Promise.all(Array.from({ length: visitors }, one));
  const stop = async () => {
    isOver = true;
    await all;
  };
  return { stop };
}

const inSeconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;
