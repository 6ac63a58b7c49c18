import { join } from "node:path";
import { parseArgs } from "node:util";
import "./check-node.mjs";

const { bundle } = await import("./bundle.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");

/**
 * `npm run histories [-- --steps 100000 --seed 1]`: random histories on the house and on the model of its rules; exits 1 at the first disagreement,
 * with the shortest history that shows it. `--path` and `--replay` play that one again. `--mutants [words of a name] [--from 54]`: which known faults
 * the histories find by themselves, from that one on. `--lost-commits`: every transaction of the house is lost once at its commit, as on a database where somebody else
 * was first. `--first`: no shortening; `--ready`: packages and tools are there.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: "string" },
    seed: { type: "string" },
    beside: { type: "string", default: "12" },
    path: { type: "string" },
    replay: { type: "string" },
    first: { type: "boolean", default: false },
    mutants: { type: "boolean", default: false },
    from: { type: "string", default: "1" },
    ready: { type: "boolean", default: false },
    "lost-commits": { type: "boolean", default: false },
  },
});

process.chdir(root);
if (!values.ready) await ensureTools();
if (values.mutants) {
  const { tryMutants } = await import("./histories-of-mutants.mjs");
  await tryMutants({
    words: positionals.join(" "),
    from: Number(values.from),
    steps: values.steps ?? "2000",
    seed: values.seed ?? "1",
  });
} else {
  await bundle(["lib/testing/histories/run-histories.ts", "lib/testing/histories/house.ts"]);
  const { main } = await import(join(root, ".sallyport", "run-histories.mjs"));
  const isGreen = await main(root, {
    steps: Number(values.steps ?? 100_000),
    seed: Number(values.seed ?? Math.floor(Math.random() * 1e9)),
    beside: Number(values.beside),
    path: values.path ?? null,
    replay: values.replay ?? null,
    first: values.first,
    lostCommits: values["lost-commits"],
  });
  process.exit(isGreen ? 0 : 1);
}
