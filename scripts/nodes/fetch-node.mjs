import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run-step.mjs";
import { giveUp } from "../say.mjs";

/** Kept from one run to the next: a Node is fifty megabytes on its way. */
const kept = join(root, ".sallyport", "nodes");

/**
 * The program of a Node, as npm's own packages of it have it, from the registry that npm is set to. `wanted`: a version, or the beginning of one, whose
 * newest is taken (`22`). Out: the version and the path of its program. Ends the command where it cannot be had.
 */
export function fetchNode(wanted) {
  const isWhole = wanted.split(".").length === 3;
  const version = isWhole ? wanted : newestOf(wanted);
  const place = join(kept, version);
  const program = join(place, "bin", "node");
  if (spawnSync(program, ["--version"]).status === 0) return { version, program };
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  npm(["pack", "--silent", "--pack-destination", place, `${packageName}@${version}`]);
  const archive = readdirSync(place).find((name) => name.endsWith(".tgz"));
  const { status, stderr } = spawnSync("tar", ["-xzf", archive ?? "", "--strip-components=1"], {
    cwd: place,
    encoding: "utf8",
  });
  if (status !== 0 || !existsSync(program)) giveUp(`${packageName}@${version} could not be unpacked:\n${stderr}`);
  rmSync(join(place, archive));
  return { version, program };
}

/** npm's package `node` is a script that installs the one of this platform; that one is the program alone. */
const packageName = `node-${process.platform}-${process.arch}`;

function newestOf(range) {
  const answer = JSON.parse(npm(["view", `${packageName}@${range}`, "version", "--json"]));
  const versions = Array.isArray(answer) ? answer : [answer];
  return versions.sort((one, other) => one.localeCompare(other, "en", { numeric: true })).at(-1);
}

function npm(args) {
  const { status, stdout, stderr } = spawnSync("npm", args, { encoding: "utf8" });
  if (status !== 0) giveUp(`npm ${args[0]} of ${args.at(-1)} failed:\n${stderr}`);
  return stdout;
}
