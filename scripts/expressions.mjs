import { resolve } from "node:path";
import "./check-node.mjs";

const { collectExpressions } = await import("./expressions/collect.mjs");
const { findSteep } = await import("./expressions/judge.mjs");
const { root } = await import("./run-step.mjs");

/**
 * `npm run expressions`, a part of `npm run check`: ends with 1 when a regular expression of the product can cost more than its text grows
 * (recheck finds a text that shows it), or when one is put together at run time. An argument names another project's tsconfig.json.
 */
const project = resolve(root, process.argv[2] ?? "scripts/expressions/tsconfig.json");
const { literals, made } = collectExpressions(project);
const steep = await findSteep(literals.keys());
for (const { text, wrong } of steep) console.error(`${literals.get(text)}: ${text} is ${wrong}.`);
for (const place of made)
  console.error(`${place}: an expression that is put together at run time cannot be judged: write it out.`);
if (steep.length + made.length === 0) console.log(`${literals.size} regular expressions, none of them steep.`);
process.exit(steep.length + made.length === 0 ? 0 : 1); // the checker leaves a process behind that waits for more
