import { join } from "node:path";
import { parseArgs } from "node:util";
import "./check-node.mjs";

const { bundle } = await import("./bundle.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");

const { values } = parseArgs({
  options: {
    steps: { type: "string", default: "100000" },
    seed: { type: "string" },
    path: { type: "string" },
    replay: { type: "string" },
    first: { type: "boolean", default: false },
  },
});

process.chdir(root);
await ensureTools();
await bundle(["lib/testing/histories/run-histories.ts", "lib/testing/histories/house.ts"]);
const { main } = await import(join(root, ".sallyport", "run-histories.mjs"));
const isGreen = await main(root, {
  steps: Number(values.steps),
  seed: Number(values.seed ?? Math.floor(Math.random() * 1e9)),
  path: values.path ?? null,
  replay: values.replay ?? null,
  first: values.first,
});
process.exit(isGreen ? 0 : 1);
