import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { digestOf, keepDigests } from "./digests.mjs";
import { root, run } from "./run-step.mjs";

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

/** True when `stamp` (a path in the checkout) says that this very fingerprint was dealt with, and what was made of it is there as it was made. */
export const isFresh = (stamp, mark) => wholeOf(stamp) === mark;

/** The fingerprint of which `stamp` says that it was dealt with; null where it never was, or where not all is there that was made of it. */
export function wholeOf(stamp) {
  try {
    const [mark, ...made] = readFileSync(join(root, stamp), "utf8").split("\n");
    return made.every(isWhole) ? mark : null;
  } catch {
    return null; // never done, or wiped
  }
}

/**
 * By its size: that shows what a power cut or a full disk leaves of a file, and costs a start 4 ms for each thousand of them. Reading all would
 * cost seconds.
 */
function isWhole(line) {
  const [size, path] = line.split("\t", 2);
  return statSync(join(root, path), { throwIfNoEntry: false })?.size === Number(size);
}

/**
 * Notes that `mark` was dealt with, and the size of each file of what was made of it (`made`, files and folders in the checkout). Only when all that is on
 * disk: after a power cut a stamp must not be there before what it stands for.
 */
export async function note(stamp, mark, made) {
  thisTurn.clear();
  const files = made.flatMap(filesIn);
  await settle(dirname(stamp));
  const lines = files.map((path) => `${statSync(join(root, path)).size}\t${path}`);
  mkdirSync(dirname(join(root, stamp)), { recursive: true });
  writeFileSync(join(root, stamp), [mark, ...lines].join("\n"));
}

/** Forgets what was noted, before the work begins: half of it never counts. */
export function forget(stamp) {
  thisTurn.clear();
  rmSync(join(root, stamp), { force: true });
}

/** The file `path`, or all files below that folder. No name of ours holds a line break; one that did would never be whole. */
function filesIn(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  const entries = readdirSync(join(root, path), { recursive: true, withFileTypes: true });
  return entries.filter((each) => each.isFile()).map((each) => relative(root, join(each.parentPath, each.name)));
}

/** Everything that was written where `folder` lies is on disk. One call: thousands of files, each by itself, take a slow disk half a minute. */
export async function settle(folder) {
  const end = await run("sync", ["-f", folder]);
  if (end.code !== 0) await run("sync", []); // one that cannot be told where; where there is none, the sizes are left
}
