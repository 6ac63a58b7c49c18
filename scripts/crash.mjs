import { join } from "node:path";
import { fileURLToPath } from "node:url";
import "./check-node.mjs";

const { bundle } = await import("./bundle.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");

/**
 * `npm run crash [-- kills]`: kills portal, built-in database or both with -9, twenty times unless said otherwise, while people log in, and
 * looks each time whether everything that they were told is still true. Exits 1 when a single promise is broken. Forked by itself as a portal.
 */
process.chdir(root);
if (process.argv[2] !== "portal") {
  await ensureTools();
  await bundle(["lib/testing/crash/run-crash.ts"]);
}
const { main } = await import(join(root, ".sallyport", "run-crash.mjs"));
await main(fileURLToPath(import.meta.url), process.argv.slice(2));
