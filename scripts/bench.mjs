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
  const postgres = Number(
    readFileSync(
      join(readFileSync(join(copy, "data/postgres.location"), "utf8").trim(), "cluster/postmaster.pid"),
      "utf8",
    ).split("\n")[0],
  );
  const idle = memoryOf(portal.pid);
  const cast = await people.makeBenchPeople(ctx, 2600 + rounds * (2 * size + 1200));
  const actions = {
    blank: actionId(copy, "blankAction"),
    verify: actionId(copy, "answerAction"),
    login: actionId(copy, "logInAction"),
  };
  const house = { portal, postgres, people, ctx, actions };
  const take = (count) => cast.splice(0, count);
  await runLoad("verify", { ...house, persons: take(1500), clients: 16 }); // until the code is compiled: a portal runs for months
  await runLoad("lane", { ...house, persons: take(1000), clients: 16 });
  await runLoad("blank", { ...house, count: 300, clients: 8 });
  const taken = {
    blank: [],
    verify: [],
    lane: [],
    verify50: [],
    argon2: [],
    login: [],
    page: [],
    guarded: [],
    security: [],
  };
  for (let round = 1; round <= rounds; round += 1) {
    say(`Round ${round} of ${rounds}…`);
    taken.blank.push(await runLoad("blank", { ...house, count: size * 2, clients: 16 }));
    taken.verify.push(await runLoad("verify", { ...house, persons: take(size), clients: 16 }));
    taken.lane.push(await runLoad("lane", { ...house, persons: take(size), clients: 16 }));
    taken.verify50.push(await runLoad("verify", { ...house, persons: take(800), clients: 50 }));
    taken.argon2.push(await measureArgon2(copy, 400));
    taken.login.push(await runLoad("login", { ...house, persons: take(400), clients: 16 }));
    taken.page.push(await runLoad("page", { ...house, count: size, clients: 16 }));
    taken.guarded.push(await runLoad("guarded", { ...house, persons: cast.slice(0, 100), count: size, clients: 16 }));
    taken.security.push(await runLoad("security", { ...house, persons: cast.slice(0, 100), count: size, clients: 16 }));
  }
  const loaded = memoryOf(portal.pid);
  const starts = [];
  for (let n = 0; n < 5; n += 1) starts.push(await timeToFirstAnswer(copy, url));
  const browser = await firstLoad(portal, house);
  await close();
  const machine = {
    cpu: cpus()[0]?.model,
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
  };
  return {
    at: new Date().toISOString(),
    machine,
    rounds,
    taken,
    memory: { idle, loaded },
    start: { all: starts, median: median(starts) },
    browser,
  };
}

await bench();
