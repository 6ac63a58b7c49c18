import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { check } from "recheck";
import { root } from "../run-step.mjs";

const { version } = createRequire(import.meta.url)("recheck/package.json");

/** Verdicts of earlier runs: the same tool says the same of the same text. Only good ones are kept. */
const kept = join(root, ".sallyport", "expressions.json");

/** No expression of a page's code is so long-winded that it needs this; one that does is told as one that could not be judged. */
const patience = 20_000;

/**
 * Those of some expressions (`/…/flags`) whose cost can grow faster than a text, each with what was found out, or with the fact that it could not
 * be found out.
 */
export async function findSteep(expressions) {
  const known = readKept();
  const steep = [];
  for (const text of expressions) {
    if (known.has(text)) continue;
    const wrong = await faultOf(text);
    if (wrong === null) known.add(text);
    else steep.push({ text, wrong });
  }
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, JSON.stringify({ version, safe: [...known].sort() }));
  return steep;
}

async function faultOf(text) {
  const ends = text.lastIndexOf("/");
  const verdict = await check(text.slice(1, ends), text.slice(ends + 1), { timeout: patience });
  if (verdict.status === "safe") return null;
  if (verdict.status === "unknown") return `could not be judged (${verdict.error.kind})`;
  return `${verdict.complexity.summary}, for instance with ${verdict.attack.pattern}`;
}

function readKept() {
  try {
    const read = JSON.parse(readFileSync(kept, "utf8"));
    return new Set(read.version === version ? read.safe : []);
  } catch {
    return new Set(); // none yet, or not readable: then everything is judged anew
  }
}
