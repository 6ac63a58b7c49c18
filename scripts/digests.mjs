import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run-step.mjs";

/**
 * The contents of files as digests, each read once and then only when the system says that it was written: its ctime (which nobody can set), its
 * size or its inode differs. Kept in `.sallyport` for the next start; a copied folder has other inodes and is read again.
 */
const place = join(root, ".sallyport", "digests.json");
/** A file that was written so lately may be written once more within the same tick of its clock: the next process reads it again. */
const tooLate = 2_000_000_000n;

let known = null;
let isNews = false;

/** Digest of the file `path` (in the checkout), whose state (a `stat` with bigint) is `found`. */
export function digestOf(path, { ctimeNs, size, ino }) {
  known ??= readKept();
  const version = `${ctimeNs} ${size} ${ino}`;
  const [when, digest] = known.get(path)?.split("\0") ?? [];
  if (when === version) return digest;
  const now = createHash("sha256")
    .update(readFileSync(`${root}/${path}`))
    .digest("base64");
  known.set(path, `${version}\0${now}`);
  isNews = true;
  return now;
}

/** Writes down what was read anew. Where that cannot be, the next start reads the files once more. */
export function keepDigests() {
  if (!isNews) return;
  isNews = false;
  const until = BigInt(Date.now()) * 1_000_000n - tooLate;
  const kept = [...known].filter(([path, of]) => BigInt(of.split(" ")[0]) < until && existsSync(join(root, path)));
  const mine = `${place}.${process.pid}`;
  try {
    writeFileSync(mine, JSON.stringify(kept));
    renameSync(mine, place);
  } catch {
    // no folder yet, or one that may only be read
  }
}

/** One entry: a path, then its state and its digest as `digestOf` writes them. */
const isOurs = (entry) => typeof entry?.[0] === "string" && /^\d+ \d+ \d+\0./.test(entry[1]);

function readKept() {
  try {
    return new Map(JSON.parse(readFileSync(place, "utf8")).filter(isOurs));
  } catch {
    return new Map(); // none yet, or no list
  }
}
