import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What Turbopack's runtime keeps for ever, with what it keeps then: that a file of ours could not be read, and that a module of it, or one that it waits for, did not begin. Whoever asks
 * again would be given the same fault, and nobody could log in until a start, for one moment in which the machine had no file handle free. Judged for Next 16.4: whoever raises it looks again.
 */
const kept = [
  ["entry = Promise.reject(error);", "return Promise.reject(error);"],
  ["module1.error = error;", "module1.error = error; moduleCache.delete(id);"],
  ["reject(promise[turbopackError] = err);", "reject(promise[turbopackError] = err); moduleCache.delete(module.id);"],
];

/** Lets each runtime in the folder of the server's build forget what failed. Out: null, or the sentence why it cannot be done. */
export function forgetFailures(server) {
  const folder = join(server, "chunks");
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true }) : [];
  const runtimes = names.filter((name) => name.endsWith("[turbopack]_runtime.js")).map((name) => join(folder, name));
  if (runtimes.length === 0) return follow("no runtime in server/chunks");
  for (const file of runtimes) {
    let text = readFileSync(file, "utf8");
    for (const [keeps, forgets] of kept) {
      if (text.split(keeps).length !== 2) return follow(`not once "${keeps}" in its runtime`);
      text = text.replace(keeps, forgets);
    }
    writeFileSync(file, text);
  }
  return null;
}

const follow = (what) => `This version of Next has ${what}: scripts/second-tries.mjs must follow.`;
