import { join } from "node:path";
import { fileURLToPath } from "node:url";
import "./check-node.mjs";

const { bundle } = await import("./bundle.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");

/**
 * `npm run due:kill [-- kills]`: kills a portal's runner with -9 between the moment at which a change is due and its effect, a hundred times and some over all kinds of
 * change unless said otherwise, and looks whether each was done and told once, and none by halves. Exits 1 when one was not. Forked by itself as a runner.
 */
process.chdir(root);
if (process.argv[2] !== "runner") {
  await ensureTools();
  await bundle(["lib/testing/due/run-due-kill.ts"]);
}
const { main } = await import(join(root, ".sallyport", "run-due-kill.mjs"));
await main(fileURLToPath(import.meta.url), process.argv.slice(2));
