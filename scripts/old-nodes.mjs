import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "./check-node.mjs";

const { root } = await import("./run-step.mjs");
const { giveUp, say } = await import("./say.mjs");

/**
 * `npm run nodes`: fetches real Nodes, those that are too old and the oldest that are taken, and lets each look at the commands. Exits 1 when one
 * that is too old gets past the check or ends without its sentence, or when one that is taken is refused.
 */
const refused = ["12.22.12", "18.20.8", "20.12.2", "20.18.3", "22.11.0"];
const taken = ["20.19.0", "22.12.0", "24.0.0"];
const commands = ["start", "portal", "dev", "test"];

const folder = mkdtempSync(join(tmpdir(), "old-nodes-"));
let wrong = 0;
try {
  for (const version of refused) for (const name of commands) judge(version, `${name}.mjs`, isRefusal);
  for (const version of taken) judge(version, "check-node.mjs", ({ status }) => status === 0);
} finally {
  rmSync(folder, { recursive: true });
}
if (wrong > 0) giveUp(`${wrong} did not behave.`);

function isRefusal({ status, stdout, stderr }) {
  return status === 1 && stdout === "" && /^\nSallyport needs Node .*\n$/.test(stderr);
}

function judge(version, script, isRight) {
  const end = spawnSync(nodeOf(version), [join(root, "scripts", script)], { encoding: "utf8" });
  if (!isRight(end)) wrong += 1;
  say(`${isRight(end) ? "ok " : "BAD"} Node ${version}, ${script}: ${end.status}`);
}

/** The program alone, as npm's own package of it has it. */
function nodeOf(version) {
  const place = join(folder, version);
  const program = join(place, "bin", "node");
  if (spawnSync(program, ["--version"]).status === 0) return program;
  const name = `node-${process.platform}-${process.arch}@${version}`;
  const script = 'mkdir -p "$1" && cd "$1" && tar -xzf "$(npm pack --silent "$2")" --strip-components=1';
  const { status, stderr } = spawnSync("/bin/sh", ["-c", script, "sh", place, name], { encoding: "utf8" });
  if (status !== 0) giveUp(`${name} could not be fetched:\n${stderr}`);
  return program;
}
