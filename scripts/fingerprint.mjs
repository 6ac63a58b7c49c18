import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./run-step.mjs";

/**
 * One hash over the contents of files and folders of the checkout (missing ones count as missing) and over `extra`.
 * Contents, not times: a fresh clone or a switched branch must not look newer than it is.
 */
export function fingerprint(paths, extra = "") {
  const hash = createHash("sha256").update(extra);
  for (const path of paths) addTo(hash, path);
  return hash.digest("hex");
}

/** Tests and their tools are in no product, and the generated client follows from the schema. */
const leftOut = /(^lib\/db\/generated$|\.test\.tsx?$|^lib\/testing\/vitest-)/;

function addTo(hash, path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (found === undefined || leftOut.test(path)) return;
  if (!found.isDirectory()) {
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
    return;
  }
  for (const name of readdirSync(join(root, path)).sort()) addTo(hash, `${path}/${name}`);
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
  if (mark === null) rmSync(join(root, stamp), { force: true });
  else {
    mkdirSync(dirname(join(root, stamp)), { recursive: true });
    writeFileSync(join(root, stamp), mark);
  }
}
