import { accessSync, constants, existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fingerprint, isFresh, note } from "./fingerprint.mjs";
import { root, run } from "./run-step.mjs";
import { giveUp, say } from "./say.mjs";
import { folderHolder } from "./start-lock.mjs";
import { whyNotInstalled } from "./step-fault.mjs";

const stamp = "node_modules/.sallyport-installed";
const mark = () => fingerprint(["package-lock.json"]);

/** True when the packages are those of the lock file. */
export const isInstalled = () => isFresh(stamp, mark()) || isInstalledByHand();

/** Installs the packages when there are none or the lock file has changed since. Never under a portal that runs from them. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  const holder = await folderHolder();
  if (holder !== null && holder.pid !== process.pid) {
    giveUp(
      `The portal runs from this folder (process ${holder.pid ?? "unknown: it does not answer"}), and its packages would be exchanged under it. Stop it first, or use another clone.`,
    );
  }
  say("Installing packages (about 30 seconds)…");
  const npm = process.env.npm_execpath ?? "";
  const [program, first] = basename(npm) === "npm-cli.js" ? [process.execPath, [npm]] : ["npm", []];
  // Development packages too, whatever NODE_ENV says: they build the pages. Optional ones too: the programs of this platform are among them.
  const args = [...first, "ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const end = await run(program, args, { env: cacheFor() });
  if (end.code !== 0) giveUp(`${end.output}\n\n${whyNotInstalled(end)}`);
  await note(stamp, mark(), []); // without their sizes: 40 000 files are too many for each start
}

/** `npm ci` or `npm install` by hand left npm's own list, newer than the lock file, and no stamp of ours. */
function isInstalledByHand() {
  const timeOf = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const list = timeOf("node_modules/.package-lock.json");
  return list > 0 && list >= timeOf("package-lock.json") && list >= timeOf(stamp);
}

/** A service account often has no home, or one that it cannot write: then npm keeps its cache in this folder. */
function cacheFor() {
  const own = process.env.npm_config_cache ?? join(home(), ".npm");
  return isWritable(own) ? {} : { npm_config_cache: join(root, ".sallyport", "npm-cache") };
}

function home() {
  try {
    return homedir();
  } catch {
    return "/nonexistent"; // an account without an entry and without HOME
  }
}

/** Can `path` be written, or be made below the nearest folder that is there? */
export function isWritable(path) {
  if (!existsSync(path)) return dirname(path) !== path && isWritable(dirname(path));
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
