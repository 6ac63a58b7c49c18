import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openCast } from "./cast.mjs";
import { runFullLogins } from "./full-login.mjs";
import { kinds } from "./kinds.mjs";
import { actionId, startPortal } from "./portal.mjs";
import { memoryOf } from "./process-cost.mjs";
import { runLoad } from "./run-load.mjs";
import { startBlank } from "./starts.mjs";

const clients = 16;

/** The portal of a copy, built and started, with its database's process and what fills it. Out: also `load`, for the copy's own bundles, and `close`. */
export async function openHouse(folder) {
  const portal = await startPortal(folder);
  const idle = memoryOf(portal.pid);
  const { people, ctx, close, load } = await openCast(folder, portal);
  const actions = { verify: actionId(folder, "answerAction"), login: actionId(folder, "logInAction") };
  return { portal, postgres: processOfDatabase(join(folder, "data")), people, ctx, actions, load, close, idle };
}

/** The blank app of a folder, started, in the shape of a house without people. */
export async function openBlankHouse(folder) {
  const portal = await startBlank(folder);
  const actions = { blank: actionId(join(folder, ".next", "standalone"), "blankAction") };
  return { portal, postgres: null, actions, close: async () => undefined, idle: memoryOf(portal.pid) };
}

/** Until the code is compiled: a portal runs for months. `share`: how much of it a run of few answers needs. */
export async function warmUp(house, share) {
  const measure = (kind, count) => runKind(house, { kind, count: count * share, clients });
  if (house.postgres === null) {
    await measure("blankPage", 1000);
    await measure("blankAction", 1000);
    return;
  }
  await measure("verify", 1500);
  await measure("api", 500);
  await measure("security", 600);
  await measure("guarded", 400);
  await measure("login", 300);
  await runFullLogins(house, { persons: await house.people.makeBenchPeople(house.ctx, 50 * share), clients });
}

/** Runs one kind of load by new people. */
export async function runKind(house, { kind, count, clients: lines }) {
  const needed = kinds[kind].people(count);
  const persons = needed === 0 ? [] : await house.people.makeBenchPeople(house.ctx, needed);
  return runLoad(kind, house, { persons, count, clients: lines });
}

/** The process of the built-in database of a data folder. */
export function processOfDatabase(dataDir) {
  const place = readFileSync(join(dataDir, "postgres.location"), "utf8").trim();
  return Number(readFileSync(join(place, "cluster/postmaster.pid"), "utf8").split("\n")[0]);
}
