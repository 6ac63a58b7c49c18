import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import "./check-node.mjs";

const { openCast } = await import("./bench/cast.mjs");
const { latenciesOf } = await import("./bench/load.mjs");
const { actionId, startPortal } = await import("./bench/portal.mjs");
const { layOutCopy } = await import("./bench/trees.mjs");
const { portalCommand } = await import("./drill/follow-night.mjs");
const { liveIn } = await import("./drill/restored-house.mjs");
const { ensureBundled, ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");
const { aVisitor } = await import("./roll/visitor.mjs");
const { say } = await import("./say.mjs");

/**
 * `npm run backup:load [-- --other URL]`: people log in with password and app, sixteen a second once the portal is warm, for ten seconds alone and then for as long as three backups take,
 * one after the other. Says how long a login took in both. Then the last one is restored into an empty database of the same version, and into `--other` (an empty database of another
 * major version, say): fifty people come in there with their factors, a code that may be spent and a session of before open nothing, and `check` finds nothing. Exits 1 when one of
 * it is not so, a login was refused, less than half of those who came were in meanwhile, or a backup does not read back.
 */
const perSecond = 16;
const warmth = { logins: 240, atOnce: 4 };
const alone = 10_000;
const backups = 3;
const comeBackLater = 50;
const { values } = parseArgs({ options: { other: { type: "string" } } });

await ensureTools();
await ensureBundled(["lib/testing/test-database.ts"]);
const { startTestServer, testDatabase } = await import("../.sallyport/test-database.mjs");
const server = await startTestServer(root); // the house's own account may make no database
const empty = await testDatabase();
const copy = await layOutCopy();
const portal = await startPortal(copy);
const cast = await openCast(copy, portal); // from here on this process lives in the copy
const actions = Object.fromEntries(["logInAction", "answerAction"].map((name) => [name, actionId(copy, name)]));
const house = { portal, portals: [portal], people: cast.people, actions };
const persons = await cast.people.makeBenchPeople(cast.ctx, 1_200);
const folder = mkdtempSync(join(tmpdir(), "backups-"));
const faults = [];
let times = [];
const under = new Set();
const wereIn = [];
let oldCookie = "";
await warmUp();
const arrivals = setInterval(() => {
  const person = persons.shift();
  if (person === undefined) return;
  const login = logIn(person).finally(() => under.delete(login));
  under.add(login);
}, 1_000 / perSecond);

await pause(alone);
tell("alone", alone);
const begun = performance.now();
for (let count = 1; count <= backups; count += 1) await portalCommand(copy, "backup", join(folder, `${count}`));
const took = performance.now() - begun;
say(`${backups} backups took ${(took / 1000).toFixed(1)} s`);
clearInterval(arrivals);
await Promise.all(under);
tell("beside backups", took);
for (let count = 1; count <= backups; count += 1)
  say(await portalCommand(copy, "backup", "verify", join(folder, `${count}`)));
for (const url of [empty.url, values.other].filter(Boolean)) await liveAt(url);
await cast.close();
await portal.stop();
await server.stop();
rmSync(folder, { recursive: true });
for (const fault of new Set(faults)) say(`FAIL ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);

/** As the benchmark does: code that has run a few hundred times is another code. */
async function warmUp() {
  const some = persons.splice(0, warmth.logins);
  const one = async () => {
    for (let person = some.pop(); person !== undefined; person = some.pop()) await logIn(person);
  };
  await Promise.all(Array.from({ length: warmth.atOnce }, one));
  times = [];
  wereIn.length = 0; // those who come back later were in while backups were made, or shortly before
}

async function logIn(person) {
  const from = performance.now();
  try {
    const visitor = await aVisitor(house, person);
    await visitor.passFirstDoor();
    await visitor.passSecondDoor(false); // the login alone; what its owner looks at afterwards is no part of it
    visitor.close();
    wereIn.push(person);
    oldCookie ||= visitor.cookie(); // of before the backups
    times.push(performance.now() - from);
  } catch (fault) {
    faults.push(fault.message);
  }
}

async function liveAt(url) {
  const persons = wereIn.slice(0, comeBackLater);
  const scene = {
    copy,
    before: portal,
    url,
    backup: join(folder, `${backups}`),
    people: cast.people,
    persons,
    oldCookie,
  };
  try {
    const { seconds, people } = await liveIn(scene);
    say(
      `restored in ${seconds.toFixed(1)} s; ${people} came in, what was spent or ended opened nothing, and every rule holds`,
    );
  } catch (fault) {
    faults.push(fault.message);
  }
}

/** What was measured since the last time. A machine that lets in less than half of those who come says nothing about how long a login takes. */
function tell(when, ms) {
  const least = ((ms / 1_000) * perSecond) / 2;
  if (times.length < least) faults.push(`${times.length} logins ${when}, of ${2 * least}: this machine is too busy.`);
  const { p50, p95 } = latenciesOf(times);
  say(`${times.length} logins ${when}: half within ${p50.toFixed(0)} ms, 95 of a hundred within ${p95.toFixed(0)} ms`);
  times = [];
}
