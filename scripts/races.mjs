import { join } from "node:path";
import { fileURLToPath } from "node:url";
import "./check-node.mjs";

const { bundle } = await import("./bundle.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");
const { giveUp } = await import("./say.mjs");

/**
 * `npm run races [-- ROUNDS [WORD]]`: two processes against one database, fifty attempts at once, 200 rounds of each race (or of those with WORD in
 * their name) unless said otherwise. `--isolation serializable` and `--cached-sequences` make the database one of that kind; `--pooler session` or `transaction` puts PgBouncer before it. Exits 1 when any round
 * has more or fewer than one winner, or the rows tell another story. Forked by itself as a racer.
 */
process.chdir(root);
const isRacer = process.argv[2] === "racer";
if (!isRacer) {
  await ensureTools();
  await bundle(["lib/testing/races/run-races.ts"]);
}
const { main } = await import(join(root, ".sallyport", "run-races.mjs"));
const mistake = await main(fileURLToPath(import.meta.url), process.argv.slice(2));
if (mistake !== null) giveUp(mistake);
