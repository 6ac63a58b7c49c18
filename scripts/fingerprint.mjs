import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { digestOf, keepDigests } from "./digests.mjs";
import { root } from "./run-step.mjs";

/**
 * One hash over the contents of files and folders of the checkout (missing ones count as missing) and over `extra`.
 * Contents, not times: a fresh clone or a switched branch must not look newer than it is.
 */
export function fingerprint(paths, extra = "") {
  const hash = createHash("sha256").update(extra);
  for (const path of paths) hash.update(seen(path));
  keepDigests();
  return hash.digest("hex");
}

/** A start asks four times about nearly the same folders, and nothing happens in between: within one turn of the event loop each is looked at once. */
const thisTurn = new Map();

function seen(path) {
  if (thisTurn.size === 0) setImmediate(() => thisTurn.clear());
  const text = thisTurn.get(path) ?? stateOf(path);
  thisTurn.set(path, text);
  return text;
}

/** Tests and their tools are in no product, and the generated client follows from the schema. */
const leftOut = /(^lib\/db\/generated$|\.test\.tsx?$|^lib\/testing\/vitest-)/;

function stateOf(path) {
  if (leftOut.test(path)) return "";
  const found = statSync(`${root}/${path}`, { bigint: true, throwIfNoEntry: false });
  if (found === undefined) return "";
  if (!found.isDirectory()) return `\0${path}\0${digestOf(path, found)}`;
  const names = readdirSync(`${root}/${path}`).sort();
  return names.map((name) => stateOf(`${path}/${name}`)).join("");
}

/** True when `stamp` (a path in the checkout) says that this very fingerprint was dealt with. */
export function isFresh(stamp, mark) {
  try {
    return readFileSync(join(root, stamp), "utf8") === mark;
  } catch {
    return false; // never done, or wiped: do it
  }
}

/** Notes that `mark` was dealt with; `null` forgets it before the work begins, so that half of it never counts. */
export function note(stamp, mark) {
  thisTurn.clear();
  if (mark === null) rmSync(join(root, stamp), { force: true });
  else {
    mkdirSync(dirname(join(root, stamp)), { recursive: true });
    writeFileSync(join(root, stamp), mark);
  }
}
