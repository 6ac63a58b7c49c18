import { join } from "node:path";
import "./check-node.mjs";

const { bundle } = await import("./bundle.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");
const { giveUp } = await import("./say.mjs");

/**
 * `npm run pumping [-- requests]`: attackers who know 330 passwords ask for text messages to as many numbers as they can, from thousands of
 * addresses, 10 000 times unless said otherwise, through one simulated day. Counts what was sent, and exits 1 when a budget was exceeded or
 * an owner did not get what is kept for them.
 */
await ensureTools();
await bundle(["lib/testing/pumping/run-pumping.ts"]);
const { main } = await import(join(root, ".sallyport", "run-pumping.mjs"));
const mistake = await main(process.argv.slice(2));
if (mistake !== null) giveUp(mistake);
