import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import "./check-node.mjs";

const { openCast } = await import("./bench/cast.mjs");
const { runFullLogins } = await import("./bench/full-login.mjs");
const { processOfDatabase } = await import("./bench/houses.mjs");
const { actionId, freePort, startPortal, startSecond } = await import("./bench/portal.mjs");
const { layOutCopy } = await import("./bench/trees.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { giveUp, say } = await import("./say.mjs");

/**
 * `npm run metrics:cost [-- ROUNDS LOGINS]`: what counting and telling cost. Two portals on one database, one that counts and is scraped every second and one that does not,
 * take turns at whole logins (five rounds of 150 each); then 100 000 odd requests are sent to the one that counts. Says the CPU of a login in both, of a scrape, the
 * lines before and after, and exits 1 where there are more than 2 000 or a line holds something of a person or of a stranger's.
 */
const [rounds = 5, logins = 150] = process.argv.slice(2).map(Number);
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(logins) || logins < 16)
  giveUp("Give a number of rounds, and of logins in each (16 or more).");
const mostLines = 2_000;
const oddRequests = 100_000;
const clients = 16;
const paths = [
  "/welcome/secret-",
  "/wp-login.php?",
  "/security/factors/secret-",
  "/api/v2/secret-",
  "/%00",
  "/..%2f",
  "/login?next=secret-",
  "/alarm/",
];
const methods = ["GET", "POST", "PROPFIND", "HEAD", "OPTIONS", "DELETE"];
const linesIn = (text) => text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
const told = ({ portal, database }) => `${portal.toFixed(1)} in the portal, ${database.toFixed(1)} in the database`;

await ensureTools();
const copy = await layOutCopy();
const healthPort = await freePort();
const counting = await startPortal(copy, { HEALTH_PORT: String(healthPort) });
const { url, people, ctx, close } = await openCast(copy, counting);
const plain = await startSecond(copy, url, counting.origin);
const actions = { verify: actionId(copy, "answerAction"), login: actionId(copy, "logInAction") };
const houses = [counting, plain].map((portal) => ({
  portal,
  people,
  actions,
  postgres: processOfDatabase(join(copy, "data")),
}));
try {
  await compare();
  await flood();
} finally {
  await close();
  await plain.stop();
  await counting.stop();
}

async function compare() {
  const costs = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    const order = round % 2 === 0 ? [0, 1] : [1, 0];
    for (const which of order) {
      const persons = await people.makeBenchPeople(ctx, logins);
      const scraping = scrapeUntil();
      const { cpu, failed, firstFailure } = await runFullLogins(houses[which], { persons, clients });
      await scraping.stop();
      if (failed > 0) giveUp(`${failed} logins failed: ${firstFailure}`);
      if (round > 0) costs[which].push(cpu); // the first one warms up
    }
  }
  const [on, off] = costs.map((list) => ({
    portal: median(list.map(({ portal }) => portal)),
    database: median(list.map(({ database }) => database)),
  }));
  say(
    `CPU of a login, ms (median of ${rounds} rounds of ${logins}): counted and scraped ${told(on)}; neither ${told(off)}`,
  );
}

/** Scrapes the counting portal every second, whichever of the two is logged in to. */
function scrapeUntil() {
  let isOver = false;
  const scraping = (async () => {
    while (!isOver) {
      await scrape();
      await pause(1_000);
    }
  })();
  return {
    stop: () => {
      isOver = true;
      return scraping;
    },
  };
}

async function flood() {
  const before = await scrape();
  const counted = Number(/^sallyport_logins_total\{way="totp",result="opened"\} (\d+)$/m.exec(before)?.[1]);
  if (counted !== (rounds + 1) * logins) giveUp(`${(rounds + 1) * logins} logins were made and ${counted} counted.`);
  await odd(oddRequests);
  const times = [];
  let after = before;
  for (let time = 0; time < 50; time += 1) {
    const begun = performance.now();
    after = await scrape();
    times.push(performance.now() - begun);
  }
  const found = [linesIn(before).length, linesIn(after).length];
  const told = ["example.test", "secret-", "wp-login", "PROPFIND", "192.0.2.", "scanner/"].filter((word) =>
    after.includes(word),
  );
  say(`A scrape takes ${median(times).toFixed(1)} ms and is ${Math.round(after.length / 1024)} kB.`);
  say(`Lines before ${oddRequests} odd requests: ${found[0]}, after: ${found[1]}; at most ${mostLines} are allowed.`);
  if (told.length > 0) say(`They hold what nobody should tell: ${told.join(", ")}`);
  if (found[1] > mostLines || told.length > 0) process.exitCode = 1;
}

/** Sends odd requests on as many lines as there are clients. What the answers are does not matter. */
async function odd(count) {
  const { Agent } = await import("node:http");
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  let next = 0;
  const client = async () => {
    for (let one = next++; one < count; one = next++) await ask(agent, one);
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
}

function ask(agent, one) {
  const { host } = new URL(counting.origin);
  const headers = {
    host: one % 50 === 0 ? `secret-${one}.test` : host,
    "user-agent": `scanner/${one}`,
    "x-forwarded-for": `192.0.2.${one % 250}`,
    cookie: `session=secret-${one}`,
  };
  const method = methods[one % methods.length];
  return new Promise((resolve) => {
    const asked = request(
      { agent, host: "127.0.0.1", port: counting.port, method, path: `${paths[one % paths.length]}${one}`, headers },
      (got) => got.resume().once("close", resolve),
    );
    asked.once("error", resolve).end();
  });
}

async function scrape() {
  const got = await fetch(`http://127.0.0.1:${healthPort}/metrics`);
  if (got.status !== 200) giveUp(`/metrics answered ${got.status}.`);
  return got.text();
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
