import { existsSync, statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { root } from "./run-step.mjs";
import { settingNames } from "./setting-names.mjs";

/** Settings that name a folder in which we make something. */
const folders = ["DATA_DIR", "BACKUP_DIR"];
const paths = settingNames.filter((name) => name.endsWith("_FILE") || folders.includes(name));

/**
 * Paths that mean something else here than they seem to. In: the settings, by name. Out: a sentence for each. A `~` is expanded by a shell alone, and only
 * where it stands first in a word that is not quoted: everywhere else a folder of that name would be made.
 */
export function strangePaths(settings) {
  const set = paths.filter((name) => settings[name] !== undefined);
  return set.flatMap((name) => {
    const path = settings[name].trim();
    if (path.startsWith("~")) return [`${name} begins with ~, which only a shell understands. Write the whole path.`];
    if (!folders.includes(name) || !isOfKernel(resolve(root, path))) return [];
    return [`${name} lies where the kernel shows its own state and nothing can be kept. Name another folder.`];
  });
}

/** /proc, /sys and what is mounted below them, by the numbers that Linux gives these kinds. Node never returns from making a folder in /proc. */
const kernelKinds = [
  ...[0x9fa0, 0x62656572, 0x27e0eb, 0x63677270, 0x64626720, 0x74726163, 0x73636673, 0x1cd1],
  ...[0xcafe4a11, 0x6165676c, 0x62656570, 0xde5e81e4],
];

function isOfKernel(path) {
  if (process.platform !== "linux") return false;
  if (!existsSync(path)) return dirname(path) !== path && isOfKernel(dirname(path));
  try {
    return kernelKinds.includes(statfsSync(path).type);
  } catch {
    return false; // one that does not tell is not one of these
  }
}
