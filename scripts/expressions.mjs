import { resolve } from "node:path";
import { parseArgs } from "node:util";
import "./check-node.mjs";

const { collectExpressions } = await import("./expressions/collect.mjs");
const { findSteep, keep } = await import("./expressions/judge.mjs");
const { root } = await import("./run-step.mjs");

/**
 * `npm run expressions`, a part of `npm run check`: ends with 1 when a regular expression of the product can cost more than its text grows
 * (recheck finds a text that shows it), or when one is put together at run time. An argument names another project's tsconfig.json. `--anew` asks
 * again what is known to be safe; `--keep` writes down in `expressions/safe.json` what is, for the next fresh clone.
 */
const { values, positionals } = parseArgs({
  options: { anew: { type: "boolean" }, keep: { type: "boolean" } },
  allowPositionals: true,
});
const project = resolve(root, positionals[0] ?? "scripts/expressions/tsconfig.json");
const { literals, made } = collectExpressions(project);
const steep = await findSteep(literals.keys(), values);
for (const { text, wrong } of steep) console.error(`${literals.get(text)}: ${text} is ${wrong}.`);
for (const place of made)
  console.error(`${place}: an expression that is put together at run time cannot be judged: write it out.`);
if (steep.length + made.length === 0) console.log(`${literals.size} regular expressions, none of them steep.`);
if (values.keep && steep.length === 0) keep(literals.keys());
process.exit(steep.length + made.length === 0 ? 0 : 1); // the checker leaves a process behind that waits for more
