import { readFileSync } from "node:fs";
import { join } from "node:path";
import "./check-node.mjs";

const { bundle } = await import("./bundle.mjs");
const { ensureBuilt, ensureBundled, ensureTools } = await import("./prepare.mjs");
const { giveUp } = await import("./say.mjs");
const { root } = await import("./run-step.mjs");

/**
 * `npm run hostile [-- bodies [word]]`: what the worst texts cost each reader, and how long somebody else waits while 1 000 bodies of 64 kB that nobody sends
 * arrive at each door whose name has the word in it, one after another, by turns with 1 000 good ones. Exits 1 when that is more than 50 ms longer. All
 * doors take about forty minutes on a machine that does nothing else.
 */
process.chdir(root);
await ensureTools();
await ensureBuilt();
await ensureBundled(["lib/serve/serve.ts"]);
await bundle(["lib/testing/hostile/run-hostile.ts"]);
const manifest = JSON.parse(readFileSync(join(root, ".next/server/server-reference-manifest.json"), "utf8"));
const { main } = await import(join(root, ".sallyport", "run-hostile.mjs"));
const mistake = await main(process.argv.slice(2), idOf);
if (mistake !== null) giveUp(mistake);

/** The id under which the build knows a server action. */
function idOf(name) {
  const isIt = (action) =>
    action.exportedName === name || Object.values(action.workers ?? {}).some((worker) => worker.exportedName === name);
  const [id] = Object.entries(manifest.node).find(([, action]) => isIt(action)) ?? [];
  return id ?? giveUp(`The build knows no action ${name}.`);
}
