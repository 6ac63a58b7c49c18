import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { check } from "recheck";
import { root } from "../run-step.mjs";

const { version } = createRequire(import.meta.url)("recheck/package.json");

/**
 * Good verdicts that travel with the code: a fresh clone judges only what is new in it. For the long expressions the tool tries texts by chance, for
 * many seconds; what it has found safe is not put to chance again on each machine. `npm run expressions -- --keep` writes them.
 */
const written = join(root, "scripts", "expressions", "safe.json");

/** Those of earlier runs on this machine. */
const kept = join(root, ".sallyport", "expressions.json");

/** No expression of a page's code is so long-winded that it needs this; one that does is told as one that could not be judged. */
const patience = 20_000;

/**
 * Those of some expressions (`/…/flags`) whose cost can grow faster than a text, each with what was found out, or with the fact that it could not
 * be found out. `anew`: whatever was found out before, here or elsewhere.
 */
export async function findSteep(expressions, { anew = false } = {}) {
  const known = new Set(anew ? [] : [written, kept].flatMap(verdictsIn));
  const steep = [];
  for (const text of expressions) {
    if (known.has(text)) continue;
    const wrong = await faultOf(text);
    if (wrong === null) known.add(text);
    else steep.push({ text, wrong });
  }
  mkdirSync(dirname(kept), { recursive: true });
  write(kept, known);
  return steep;
}

/** Writes down for every machine that these are safe. */
export const keep = (expressions) => write(written, expressions);

const write = (path, safe) => writeFileSync(path, `${JSON.stringify({ version, safe: [...safe].sort() }, null, 2)}\n`);

async function faultOf(text) {
  const ends = text.lastIndexOf("/");
  const verdict = await check(text.slice(1, ends), text.slice(ends + 1), { timeout: patience });
  if (verdict.status === "safe") return null;
  if (verdict.status === "unknown") return `could not be judged (${verdict.error.kind})`;
  return `${verdict.complexity.summary}, for instance with ${verdict.attack.pattern}`;
}

/** The same tool says the same of the same text: verdicts of another version are none. */
function verdictsIn(path) {
  try {
    const read = JSON.parse(readFileSync(path, "utf8"));
    return read.version === version ? read.safe : [];
  } catch {
    return []; // none yet, or not readable: then everything is judged anew
  }
}
