import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import "./check-node.mjs";

const { ensureBundled, ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");
const { giveUp, say } = await import("./say.mjs");

/**
 * `npm run seals [-- --events 1000000] [-- --pairs 6] [-- --every 1] [-- --window SECONDS]`: so many events are recorded and sealed; says how long that took, and how long
 * it takes to verify; changes the record in each of the five ways and expects to be told; and has fifty people log in, with and without a sealer beside them that seals
 * every so many seconds (60 is what a portal does), in pairs of windows. Exits 1 when a sound record is not called sound, or a change is not found.
 */
const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    pairs: { type: "string", default: "6" },
    every: { type: "string", default: "1" },
    window: { type: "string" },
  },
});
const [events, pairs, every] = [values.events, values.pairs, values.every].map(Number);
const window = Number(values.window ?? Math.max(5, every));
if (!Number.isInteger(events) || events < 100) giveUp("Give a whole number of events, 100 at least.");
if (!Number.isInteger(pairs) || pairs < 0) giveUp("Give a whole number of pairs.");
if (!(every > 0)) giveUp("Give the seconds from one sealing to the next.");
if (!(window >= every)) giveUp("A window is at least as long as the time from one sealing to the next, in seconds.");
const clients = 50;

await ensureTools();
await ensureBundled(["lib/testing/test-database.ts", "lib/testing/sealed-record.ts"]);
const { default: pg } = await import("pg");
const { startTestServer, testDatabase } = await import("../.sallyport/test-database.mjs");
const { openRecord } = await import("../.sallyport/sealed-record.mjs");
const server = await startTestServer(root);
const keys = {
  PORTAL_KEYS: `k1:${randomBytes(32).toString("base64")}`,
  AUTH_SECRET: randomBytes(32).toString("base64"),
};
Object.assign(process.env, keys, { APP_URL: "http://localhost:3000" });
try {
  const isFound = await record();
  if (pairs > 0) await besideLogins();
  process.exitCode = isFound ? 0 : 1;
} finally {
  await server.stop();
}

/** A sealed record, verified, and changed in five ways. */
async function record() {
  const { url, drop } = await testDatabase();
  const house = openRecord(url);
  await timed(`${events} events recorded`, () => house.fill(events));
  await timed("sealed", () => house.seal());
  const sound = await timed("verified", () => house.verify());
  say(`  ${sound.events} events, ${sound.seals} seals: ${sound.isSound ? "sound" : "NOT SOUND"}`);
  let isFound = sound.isSound && sound.events === events;
  for (const [name, change, kind] of tamperings(sound)) {
    const { findings } = await whileChanged(url, change, () => house.verify([{ ...sound.newest, at: new Date() }]));
    const isTold = findings.some((one) => one.kind === kind);
    say(`  ${name}: ${isTold ? "found" : "NOT FOUND"} (${findings.map((one) => one.kind).join(", ")})`);
    isFound &&= isTold;
  }
  await house.close();
  await drop();
  return isFound;
}

/** In the middle of the record, and at its end. Each as the statements of somebody who can write and has no keys. */
function tamperings({ newest }) {
  const [some, next] = [Math.floor(events / 2), Math.floor(events / 2) + 1];
  return [
    ["one event edited", `UPDATE security_events SET ip = '203.0.113.9' WHERE id = ${some}`, "event.changed"],
    ["one removed", `DELETE FROM security_events WHERE id = ${some}`, "events.missing"],
    [
      "one inserted",
      `DELETE FROM security_events WHERE id = ${some};
       INSERT INTO security_events (id, at, name, result, ip, agent, meta, mac) SELECT ${some}, at, name, result, '203.0.113.9', agent, meta, mac FROM security_events WHERE id = ${next}`,
      "event.changed",
    ],
    [
      "two in another order",
      `UPDATE security_events SET id = -1 WHERE id = ${some}; UPDATE security_events SET id = ${some} WHERE id = ${next}; UPDATE security_events SET id = ${next} WHERE id = -1`,
      "event.changed",
    ],
    [
      "the newest hour cut off",
      `DELETE FROM security_events WHERE id > (SELECT last_id FROM event_seals WHERE number = ${newest.number - 1n}); DELETE FROM event_seals WHERE number = ${newest.number}`,
      "newest.missing",
    ],
  ];
}

/** Changes the record, looks, and puts it back. */
async function whileChanged(url, change, look) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      "CREATE TABLE kept_events AS SELECT * FROM security_events; CREATE TABLE kept_seals AS SELECT * FROM event_seals",
    );
    await client.query(change);
    return await look();
  } finally {
    await client.query(
      `TRUNCATE security_events, event_seals; INSERT INTO security_events SELECT * FROM kept_events; INSERT INTO event_seals SELECT * FROM kept_seals;
       DROP TABLE kept_events, kept_seals`,
    );
    await client.end();
  }
}

/** Windows in turn without and with a sealer. */
async function besideLogins() {
  const { url, drop } = await testDatabase();
  const house = openRecord(url);
  await house.logins(clients, 5_000); // to warm up
  const ratios = [];
  for (let pair = 1; pair <= pairs; pair += 1) {
    const order = pair % 2 === 0 ? [true, false] : [false, true];
    const counts = new Map();
    for (const isSealing of order) counts.set(isSealing, await loginsIn(house, isSealing));
    ratios.push(counts.get(true) / counts.get(false));
    say(`  pair ${pair}: ${counts.get(false)} logins without, ${counts.get(true)} with the sealer`);
  }
  const middle = ratios.toSorted((one, other) => one - other)[Math.floor(ratios.length / 2)] ?? 1;
  say(
    `With a sealer every ${every} s there were ${(middle * 100).toFixed(1)} % of the logins without it (the middle of ${pairs} pairs, windows of ${window} s).`,
  );
  await house.close();
  await drop();
}

/** Half a stretch goes before the window and is not counted, with a sealer or without: the first sealing finds as much as every other. */
async function loginsIn(house, isSealing) {
  await house.seal();
  await house.logins(clients, every * 500);
  const over = new AbortController();
  const sealing = isSealing ? sealInTheMiddle(house, over.signal) : null;
  const count = await house.logins(clients, window * 1_000);
  over.abort();
  await sealing;
  return count;
}

/** In the middle of each stretch: a window has as many sealings as a portal does in that time, and none is cut off by its end. */
async function sealInTheMiddle(house, signal) {
  try {
    for (await pause(every * 500, null, { signal }); ; await pause(every * 1_000, null, { signal })) await house.seal();
  } catch (fault) {
    if (!signal.aborted) throw fault;
  }
}

async function timed(what, work) {
  const begun = performance.now();
  const result = await work();
  say(`${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return result;
}
