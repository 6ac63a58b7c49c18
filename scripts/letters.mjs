import { join } from "node:path";
import { fileURLToPath } from "node:url";
import "./check-node.mjs";

const { bundle } = await import("./bundle.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");

/**
 * `npm run letters [-- kills letters perSecond]`: two processes write and send letters over SMTP and HTTP while one of them is killed with -9,
 * twenty times unless said otherwise; then 1 000 letters of 50 people leave past a provider that takes five a second. Exits 1 when one
 * was lost, came twice without a reason, or out of order. Forked by itself as a portal's process.
 */
process.chdir(root);
if (process.argv[2] !== "worker") {
  await ensureTools();
  await bundle(["lib/testing/letters/run-letters.ts"]);
}
const { main } = await import(join(root, ".sallyport", "run-letters.mjs"));
await main(fileURLToPath(import.meta.url), process.argv.slice(2));
