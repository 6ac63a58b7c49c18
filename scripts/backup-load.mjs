import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import "./check-node.mjs";

const { openCast } = await import("./bench/cast.mjs");
const { latenciesOf } = await import("./bench/load.mjs");
const { actionId, startPortal } = await import("./bench/portal.mjs");
const { layOutCopy } = await import("./bench/trees.mjs");
const { portalCommand } = await import("./drill/follow-night.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { aVisitor } = await import("./roll/visitor.mjs");
const { say } = await import("./say.mjs");

/**
 * `npm run backup:load`: people log in with password and app, sixteen a second, for ten seconds alone and then for as long as three backups take, one after the
 * other. Says how long a login took in both. Exits 1 when one of them was refused, or a backup does not read back.
 */
const perSecond = 16;
const alone = 10_000;
const backups = 3;

await ensureTools();
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
const arrivals = setInterval(() => {
  const person = persons.shift();
  if (person === undefined) return;
  const login = logIn(person).finally(() => under.delete(login));
  under.add(login);
}, 1_000 / perSecond);

await pause(alone);
tell("alone");
const begun = performance.now();
for (let count = 1; count <= backups; count += 1) await portalCommand(copy, "backup", join(folder, `${count}`));
say(`${backups} backups took ${((performance.now() - begun) / 1000).toFixed(1)} s`);
clearInterval(arrivals);
await Promise.all(under);
tell("beside backups");
for (let count = 1; count <= backups; count += 1)
  say(await portalCommand(copy, "backup", "verify", join(folder, `${count}`)));
await cast.close();
await portal.stop();
rmSync(folder, { recursive: true });
for (const fault of new Set(faults)) say(`FAIL ${fault}`);
process.exit(faults.length === 0 ? 0 : 1);

async function logIn(person) {
  const from = performance.now();
  try {
    const visitor = await aVisitor(house, person);
    await visitor.passFirstDoor();
    await visitor.passSecondDoor();
    visitor.close();
    times.push(performance.now() - from);
  } catch (fault) {
    faults.push(fault.message);
  }
}

/** What was measured since the last time. */
function tell(when) {
  const { p50, p95 } = latenciesOf(times);
  say(`${times.length} logins ${when}: half within ${p50.toFixed(0)} ms, 95 of a hundred within ${p95.toFixed(0)} ms`);
  times = [];
}
