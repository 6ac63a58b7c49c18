import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { macs } from "@/lib/crypto/digest";
import { isThere, textOf, writeDurably } from "@/lib/db/built-in-files";
import type { Place } from "@/lib/db/built-in-place-names";
import { homeForRoot } from "@/scripts/built-in-needs.mjs";

/** Beside a database: one line for each key that it was sealed with. A line tells nothing about its key. */
const noteName = "sealed-with";

const ourMarks = (): readonly string[] => macs("mac:place", ["sealed here"]);

/** Notes at the database of `place` that it is sealed with the present keys: called when they have opened what is stored. */
export async function noteKeys(place: Pick<Place, "base">): Promise<void> {
  const text = `${ourMarks().join("\n")}\n`;
  const path = join(place.base, noteName);
  if ((await textOf(path)) !== text.trim()) await writeDurably(path, text, 0o644);
}

/** True where a database was whose keys were noted, whatever has become of it. */
export const wasInUse = (base: string): Promise<boolean> => isThere(join(base, noteName));

/**
 * Ends a start that is about to make an empty database for the data folder `home` although one that the present keys open lies about:
 * after a restore to another place, or with a mistyped DATA_DIR, an empty portal would stand beside it and offer everybody the set-up link.
 * One that its own data folder still names is in use there. `keysAreFresh`: made a moment ago, so that nothing can be sealed with them.
 * Throws an Error for the operator.
 */
export async function refuseBesideSealed(home: string, root: string, keysAreFresh: boolean): Promise<void> {
  if (keysAreFresh) return;
  const marks = ourMarks();
  const bases = await basesAbout(home, root);
  for (const base of bases) {
    if (!(await isThere(join(base, "cluster")))) continue;
    const noted = (await textOf(join(base, noteName)))?.split("\n") ?? [];
    if (noted.some((mark) => marks.includes(mark)) && !(await isNamedByItsFolder(base)))
      throw new Error(whatToDo(base, home));
  }
}

/** In the folders of the checkout, and where root's databases lie. Elsewhere other portals may well have the same keys. */
async function basesAbout(home: string, root: string): Promise<string[]> {
  return [
    ...(await namesIn(root)).map((name) => join(root, name, "postgres")),
    ...(await namesIn(homeForRoot)).map((name) => join(homeForRoot, name)),
  ].filter((base) => dirname(base) !== home);
}

/** The names in a folder; none where it cannot be looked into. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return []; // not there, or closed to this account: then nothing of ours lies in it
  }
}

async function isNamedByItsFolder(base: string): Promise<boolean> {
  const owner = await textOf(join(base, "belongs-to"));
  return owner !== null && (await textOf(join(owner, "postgres.location")).catch(() => null)) === base;
}

function whatToDo(base: string, home: string): string {
  const begin = `${base} holds a database that PORTAL_KEYS opens, and ${home} holds none: an empty portal is not begun beside it.`;
  if (base.startsWith(`${homeForRoot}/`)) {
    return `${begin} To use it, as root: mkdir -p ${home} && echo ${base} > ${join(home, "postgres.location")} To begin with an empty one, move ${base} elsewhere.`;
  }
  return `${begin} To use it, set DATA_DIR to ${dirname(base)}, or move it back to its place. To begin with an empty one all the same: mkdir -m 700 -p ${join(home, "postgres")}`;
}
