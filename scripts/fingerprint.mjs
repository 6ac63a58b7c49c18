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
  if (leftOut.test(path)) return;
  const found = statSync(`${root}/${path}`, { bigint: true, throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) {
    hash.update(`\0${path}\0${contents(path, found)}`);
    return;
  }
  for (const name of readdirSync(`${root}/${path}`).sort()) addTo(hash, `${path}/${name}`);
}

/** A start asks four times about nearly the same files: each is read once by this process, until the system says that it was written. */
const read = new Map();

function contents(path, { ctimeNs, size, ino }) {
  const version = `${ctimeNs} ${size} ${ino}`;
  const known = read.get(path);
  if (known?.version === version) return known.digest;
  const digest = createHash("sha256")
    .update(readFileSync(`${root}/${path}`))
    .digest("base64");
  read.set(path, { version, digest });
  return digest;
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
