import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import "./check-node.mjs";

const { measureArgon2 } = await import("./bench/argon2-ceiling.mjs");
const { openCast } = await import("./bench/cast.mjs");
const { firstLoad } = await import("./bench/first-load.mjs");
const { actionId, layOutCopy, startPortal, timeToFirstAnswer } = await import("./bench/portal.mjs");
const { memoryOf } = await import("./bench/process-cost.mjs");
const { median, runLoad } = await import("./bench/run-load.mjs");
const { writeTable } = await import("./bench/table.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");
const { say } = await import("./say.mjs");

/**
 * `npm run bench`: every figure with its limit, measured in the same run, on this machine, over loopback, bounded in count and time.
 * `--quick` measures once instead of three times; `--publish` writes docs/benchmark.md.
 */
const quick = process.argv.includes("--quick");
const rounds = quick ? 1 : 3;
const size = quick ? 600 : 1500;

async function bench() {
  await ensureTools();
  const copy = await layOutCopy();
  say("Building a copy with the blank pages (about a minute)…");
  const portal = await startPortal(copy);
  try {
    const results = await measure(copy, portal);
    mkdirSync(join(root, "bench-results"), { recursive: true });
    const file = join(root, "bench-results", `${results.at.replace(/[:.]/g, "-")}.json`);
    writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
    const table = writeTable(results, process.argv.includes("--publish") ? join(root, "docs", "benchmark.md") : null);
    say(`${table}\nAll numbers: ${file}`);
  } finally {
    await portal.stop();
  }
}

async function measure(copy, portal) {
  const { url, people, ctx, close } = await openCast(copy, portal);
  const postgres = processOfDatabase(copy);
  const idle = memoryOf(portal.pid);
  const cast = await people.makeBenchPeople(ctx, 2600 + rounds * (2 * size + 1200));
  const actions = {
    blank: actionId(copy, "blankAction"),
    verify: actionId(copy, "answerAction"),
    login: actionId(copy, "logInAction"),
  };
  const house = { portal, postgres, people, ctx, actions };
  await warmUp(house, cast);
  const taken = {};
  for (let round = 1; round <= rounds; round += 1) {
    say(`Round ${round} of ${rounds}…`);
    for (const [what, value] of await takeRound(copy, house, cast)) taken[what] = [...(taken[what] ?? []), value];
  }
  const loaded = memoryOf(portal.pid);
  const starts = [];
  for (let n = 0; n < 5; n += 1) starts.push(await timeToFirstAnswer(copy, url));
  const browser = await firstLoad(portal, house);
  await close();
  return {
    at: new Date().toISOString(),
    machine: thisMachine(),
    rounds,
    taken,
    memory: { idle, loaded },
    start: { all: starts, median: median(starts) },
    browser,
  };
}

const processOfDatabase = (copy) => {
  const data = readFileSync(join(copy, "data/postgres.location"), "utf8").trim();
  return Number(readFileSync(join(data, "cluster/postmaster.pid"), "utf8").split("\n")[0]);
};

const thisMachine = () => ({
  cpu: cpus()[0]?.model,
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  kernel: release(),
  node: process.version,
});

/** Until the code is compiled: a portal runs for months. */
async function warmUp(house, cast) {
  await runLoad("verify", { ...house, persons: cast.splice(0, 1500), clients: 16 });
  await runLoad("api", { ...house, persons: cast.splice(0, 1000), clients: 16 });
  await runLoad("blank", { ...house, count: 300, clients: 8 });
}

/** One round of everything, one after another, whoever answers taken from the cast: pairs of what was measured and its figures. */
async function takeRound(copy, house, cast) {
  const clients = 16;
  const take = (count) => cast.splice(0, count);
  const loads = [
    ["blank", () => runLoad("blank", { ...house, count: size * 2, clients })],
    ["verify", () => runLoad("verify", { ...house, persons: take(size), clients })],
    ["api", () => runLoad("api", { ...house, persons: take(size), clients })],
    ["verify50", () => runLoad("verify", { ...house, persons: take(800), clients: 50 })],
    ["argon2", () => measureArgon2(copy, 400)],
    ["login", () => runLoad("login", { ...house, persons: take(400), clients })],
    ["page", () => runLoad("page", { ...house, count: size, clients })],
    ["guarded", () => runLoad("guarded", { ...house, persons: cast.slice(0, 100), count: size, clients })],
    ["security", () => runLoad("security", { ...house, persons: cast.slice(0, 100), count: size, clients })],
  ];
  const figures = [];
  for (const [what, load] of loads) figures.push([what, await load()]);
  return figures;
}

await bench();
