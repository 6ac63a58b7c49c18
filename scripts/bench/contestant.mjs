import { join } from "node:path";
import { measureArgon2 } from "./argon2-ceiling.mjs";
import { runColdVisits } from "./cold-visit.mjs";
import { runFullLogins } from "./full-login.mjs";
import { openTwin, runTwin } from "./growth.mjs";
import { openBlankHouse, openHouse, runKind, warmUp } from "./houses.mjs";
import { memoryOf } from "./process-cost.mjs";
import { cookieName } from "./request.mjs";
import { runSoak } from "./soak.mjs";
import { blankStart, measureStart, portalStart } from "./starts.mjs";
import { sizeDeployed } from "./trees.mjs";

/**
 * One tree, driven by a process of its own, because whoever fills a copy's database takes over its folder, settings and bundles. Does one job after
 * the other as the coordinator asks for it, and tells what came out.
 */
const [folder, kind] = process.argv.slice(2);
const isBlank = kind === "blank";
let house = null;
let database = null;
const twins = {};

const jobs = {
  open: async ({ share }) => {
    house = await (isBlank ? openBlankHouse : openHouse)(folder);
    await warmUp(house, share);
    return { idle: house.idle, mib: sizeDeployed(folder) };
  },
  load: (body) => runKind(house, body),
  fullLogin: async ({ count, clients }) =>
    runFullLogins(house, { persons: await house.people.makeBenchPeople(house.ctx, count), clients }),
  cold: ({ visits }) => runColdVisits(house, { path: "/login", visits }),
  coldChallenge: async ({ visits }) => {
    const [token] = await house.people.openLogins(house.ctx, await house.people.makeBenchPeople(house.ctx, 1));
    const cookie = `${cookieName(house.portal.origin, "second-door")}=${token}`;
    return runColdVisits(house, { path: "/challenge/totp", cookie, visits });
  },
  argon2: ({ count }) => measureArgon2(count),
  memory: () => memoryOf(house.portal.pid),
  openTwin: async (body) => {
    twins[body.name] = await openTwin(folder, house, body);
  },
  twin: ({ name, ...body }) => runTwin(twins[name], body),
  soak: (body) => runSoak(house, body, (line) => process.send({ told: line })),
  stop,
  ownStart: () => measureStart(portalStart(folder, null)),
  keepDatabase,
  start: () => measureStart(isBlank ? blankStart(folder) : portalStart(folder, database.url)),
};

/** Ends what runs here. */
async function stop() {
  const [leaving, kept] = [house, database];
  [house, database] = [null, null];
  for (const { close } of Object.values(twins)) await close();
  await leaving?.close();
  await leaving?.portal.stop();
  await kept?.stop();
}

/** The portal being stopped, its database alone, so that a start finds it running. */
async function keepDatabase() {
  const { startBuiltIn } = await import(join(folder, ".sallyport", "built-in.mjs"));
  database = await startBuiltIn({ root: folder, dataDir: join(folder, "data"), say: () => undefined });
}

let last = Promise.resolve();
process.on("message", ({ id, job, body }) => {
  last = last
    .then(() => jobs[job](body))
    .then(
      (answer) => process.send({ id, answer: answer ?? null }),
      (fault) => process.send({ id, fault: fault.stack ?? String(fault) }),
    );
});
process.on("SIGINT", () => undefined); // the coordinator hears it too, and ends this process by letting go of it
process.on("disconnect", () => stop().finally(() => process.exit()));
