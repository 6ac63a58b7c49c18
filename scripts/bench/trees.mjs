import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { root, run } from "../run-step.mjs";
import { say } from "../say.mjs";

const copies = join(root, ".bench");
const left = new Set(["node_modules", ".git", ".next", ".sallyport", "data", ".bench", ".env", "bench-results"]);
/** What a second run need not make again: packages, build and keys. */
const keptInCopy = new Set(["node_modules", ".next", ".sallyport", ".env"]);

/** A copy of the checkout, so that its own build, keys and data stay as they are. Out: the copy's folder. */
export function layOutCopy() {
  return layOut(join(copies, "here"), keptInCopy);
}

/** The same as a fresh clone with its packages: nothing is generated, bundled or built in it, and it has no keys. */
export async function layOutFresh(name) {
  const copy = await layOut(join(copies, name), new Set(["node_modules"]));
  rmSync(join(copy, "lib/db/generated"), { recursive: true, force: true });
  return copy;
}

/** Takes such a copy away, with the database that lies elsewhere. */
export function takeAway(copy) {
  dropData(copy);
  rmSync(copy, { recursive: true, force: true });
}

/** The same as an account that owns the copy and not the folder around it: nothing is left in it. */
export function empty(copy) {
  dropData(copy);
  for (const name of readdirSync(copy)) rmSync(join(copy, name), { recursive: true, force: true });
}

async function layOut(copy, kept) {
  mkdirSync(copy, { recursive: true });
  dropData(copy);
  for (const name of readdirSync(copy)) if (!kept.has(name)) rmSync(join(copy, name), { recursive: true });
  for (const name of readdirSync(root))
    if (!left.has(name)) cpSync(join(root, name), join(copy, name), { recursive: true });
  await linkPackages(copy);
  trustLock(copy);
  return copy;
}

/** The whole name of a commit. Throws a sentence for whoever typed it where there is no such commit, or no history to look in. */
export async function commitOf(word) {
  const { code, output } = await run("git", [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${word}^{commit}`,
  ]);
  if (code === 0) return output;
  const why = code === 127 ? "git is not installed here." : output || "Its history does not know that name.";
  throw new Error(`This checkout has no commit ${word} to be measured beside: ${why}`);
}

/**
 * A commit's own files in a folder of their own, kept from one run to the next with all that was built in it. Where it needs other packages than
 * this checkout has, its own start installs them. Out: the folder.
 */
export async function layOutCommit(commit) {
  const copy = join(copies, commit.slice(0, 10));
  const mark = join(copy, ".laid-out");
  dropData(copy);
  if (existsSync(mark)) return copy;
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  const archive = join(copies, `${commit.slice(0, 10)}.tar`);
  await done("git", ["archive", `--output=${archive}`, commit]);
  await done("tar", ["-xf", archive, "-C", copy]);
  rmSync(archive);
  if (lockOf(copy) === lockOf(root)) {
    await linkPackages(copy);
    trustLock(copy);
  }
  writeFileSync(mark, commit);
  return copy;
}

/** The blank app that everything is held against: one page, one action, nothing else. Builds it where it is not built. Out: its folder. */
export async function layOutBlank() {
  const copy = join(copies, "blank");
  const templates = join(root, "scripts", "bench", "blank");
  const texts = readdirSync(templates).map((name) => [name, readFileSync(join(templates, name), "utf8")]);
  const state = createHash("sha256")
    .update(JSON.stringify([texts, lockOf(root), process.version]))
    .digest("hex");
  const mark = join(copy, ".built-from");
  if (existsSync(mark) && readFileSync(mark, "utf8") === state) return copy;
  say("Building the blank app…");
  rmSync(join(copy, ".next"), { recursive: true, force: true });
  mkdirSync(join(copy, "app"), { recursive: true });
  for (const [name, text] of texts)
    writeFileSync(join(copy, name.startsWith("next.config") ? "" : "app", name.replace(/\.txt$/, "")), text);
  writeFileSync(join(copy, "package.json"), JSON.stringify({ name: "blank", private: true }));
  await linkPackages(copy);
  const env = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", __NEXT_PROCESSED_ENV: "true" };
  await done(process.execPath, ["node_modules/next/dist/bin/next", "build"], { cwd: copy, env });
  cpSync(join(copy, ".next", "static"), join(copy, ".next", "standalone", ".next", "static"), { recursive: true });
  writeFileSync(mark, state);
  return copy;
}

/** MiB of the files that are deployed. */
export function sizeDeployed(copy) {
  const entries = readdirSync(join(copy, ".next", "standalone"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) / 2 ** 20;
}

/** The packages as hard links, made anew when the lock file has changed since; without our own mark, which speaks of this checkout's lock file. */
async function linkPackages(copy) {
  const mark = join(copy, "node_modules", ".copied-from");
  const lock = lockOf(root);
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return;
  rmSync(join(copy, "node_modules"), { recursive: true, force: true });
  await done("cp", ["-al", join(root, "node_modules"), join(copy, "node_modules")]);
  rmSync(join(copy, "node_modules", ".sallyport-installed"), { force: true });
  writeFileSync(mark, lock);
}

/** The packages beside it are this lock file's: a copy that looks younger than they are would install them once more. */
const trustLock = (copy) => utimesSync(join(copy, "package-lock.json"), 0, 0);

/** Which packages a folder wants: its lock file without the version of the portal itself, which changes more often than they do. */
function lockOf(folder) {
  const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  for (const own of [lock, lock.packages[""]]) delete own.version;
  return JSON.stringify(lock);
}

/** Takes away what a copy's portals have kept, and its database, which lies elsewhere where root runs it. Every run fills new ones. */
export function dropData(copy) {
  for (const data of [join(copy, "data"), join(copy, "backups", "data.before")]) if (existsSync(data)) dropFolder(data);
}

function dropFolder(data) {
  for (const name of readdirSync(data, { recursive: true }).filter((path) => basename(path) === "postgres.location")) {
    const place = readFileSync(join(data, name), "utf8").split("\n")[0];
    if (place) rmSync(place, { recursive: true, force: true });
  }
  rmSync(data, { recursive: true, force: true });
}

async function done(program, args, options) {
  const { code, output } = await run(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args[0]} failed:\n${output}`);
}
