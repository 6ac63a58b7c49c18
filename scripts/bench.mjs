import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import "./check-node.mjs";

const { readArguments } = await import("./bench/arguments.mjs");
const { withContestants } = await import("./bench/contestants.mjs");
const { takeGrowth, takeRounds, takeSoak, takeStarts } = await import("./bench/rounds.mjs");
const { growthTable, soakTable, writeTable } = await import("./bench/table.mjs");
const { commitOf, layOutBlank, layOutCommit, layOutCopy } = await import("./bench/trees.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");
const { giveUp, say } = await import("./say.mjs");

/**
 * `npm run bench`: every figure with its limit, measured in the same run, on this machine, over loopback, bounded in count and time. A blank app and, with
 * `--beside`, earlier commits are built beside this checkout and take turns with it. `--quick` measures little, once; `--publish` writes docs/benchmark.md;
 * `--growth` and `--soak` are runs of their own.
 */
async function bench() {
  const asked = readArguments(process.argv.slice(2));
  await ensureTools();
  const begun = performance.now();
  const { results, table } = await (asked.growth ? growth : asked.soak ? soak : rounds)(asked);
  mkdirSync(join(root, "bench-results"), { recursive: true });
  const file = join(root, "bench-results", `${results.at.replace(/[:.]/g, "-")}.json`);
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  say(`${table}\nAll numbers: ${file} (after ${Math.round((performance.now() - begun) / 60_000)} minutes)`);
}

async function rounds(asked) {
  const commits = [];
  for (const word of asked.beside) commits.push({ name: word, commit: await commitOf(word) });
  const trees = [{ name: "blank", kind: "blank", folder: await layOutBlank() }, await here()];
  for (const { name, commit } of commits) trees.push({ name, kind: "beside", folder: await layOutCommit(commit) });
  const measured = await withContestants(trees, warmth(asked), async (contestants) => {
    const taken = await takeRounds(contestants, { rounds: asked.rounds, isQuick: asked.quick });
    const loaded = await contestants.find(({ kind }) => kind === "here").ask("memory");
    const opened = Object.fromEntries(contestants.map((one) => [one.name, one.opened]));
    return { taken, opened, loaded, ...(await takeStarts(contestants, asked.rounds)) };
  });
  const results = { ...heading(asked), beside: commits, ...measured };
  return { results, table: writeTable(results, asked.publish ? join(root, "docs", "benchmark.md") : null) };
}

async function growth(asked) {
  const taken = await withContestants([await here()], warmth(asked), ([one]) => takeGrowth(one, asked));
  const results = { ...heading(asked), growth: taken };
  return { results, table: growthTable(taken) };
}

async function soak(asked) {
  const taken = await withContestants([await here()], warmth(asked), ([one]) => takeSoak(one, asked));
  return { results: { ...heading(asked), soak: taken }, table: soakTable(taken) };
}

const warmth = ({ quick }) => (quick ? 0.04 : 1);

const here = async () => ({ name: "here", kind: "here", folder: await layOutCopy() });

const heading = ({ rounds: count }) => ({
  at: new Date().toISOString(),
  rounds: count,
  machine: {
    cpu: cpus()[0]?.model,
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
  },
});

try {
  await bench();
} catch (fault) {
  giveUp(fault.message);
}
