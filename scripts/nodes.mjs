import { spawnSync } from "node:child_process";
import { join } from "node:path";
import "./check-node.mjs";

const { layOutFresh, takeAway } = await import("./bench/trees.mjs");
const { bundle } = await import("./bundle.mjs");
const { fetchNode } = await import("./nodes/fetch-node.mjs");
const { smoke } = await import("./nodes/smoke.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");
const { giveUp, say } = await import("./say.mjs");

/**
 * `npm run nodes [-- VERSION…]`: fetches real Nodes. Those that are too old must be refused in a sentence by every command; with the oldest that are
 * taken and the newest of 22 and 24 (or with those that are named) a fresh copy of the checkout goes through a first evening, from the start to a login
 * and a command. Exits 1 when one does not behave.
 */
const refused = ["12.22.12", "18.20.8", "20.12.2", "20.18.3", "22.11.0"];
const taken = ["20.19.0", "22.12.0", "22", "24.0.0", "24"];
const commands = ["start", "portal", "dev", "test"];

const asked = process.argv.slice(2);
if (!asked.every((word) => /^[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}$/.test(word)))
  giveUp("Name versions of Node, such as 22 or 22.12.0.");

await ensureTools();
await bundle(["e2e/support/plain-browser.ts"]);
const { plainBrowser } = await import(join(root, ".sallyport", "plain-browser.mjs"));
let wrong = 0;
if (asked.length === 0) for (const version of refused) for (const name of commands) mustRefuse(version, `${name}.mjs`);
for (const wanted of asked.length > 0 ? asked : taken) await mustServe(wanted);
if (wrong > 0) giveUp(`${wrong} did not behave.`);

function mustRefuse(wanted, script) {
  const { version, program } = fetchNode(wanted);
  const { status, stdout, stderr } = spawnSync(program, [join(root, "scripts", script)], { encoding: "utf8" });
  const isRefusal = status === 1 && stdout === "" && /^\nSallyport needs Node .*\n$/.test(stderr);
  if (!isRefusal) wrong += 1;
  say(
    `${isRefusal ? "ok " : "BAD"} Node ${version}, ${script}: ${isRefusal ? "refused in a sentence" : `${status}: ${stderr}`}`,
  );
}

async function mustServe(wanted) {
  const { version, program } = fetchNode(wanted);
  const copy = await layOutFresh("nodes");
  try {
    const { seconds } = await smoke({ program, copy, openBrowser: plainBrowser });
    say(
      `ok  Node ${version}: started from nothing in ${seconds} s, first administrator, app bound, login, people list, stopped`,
    );
  } catch (fault) {
    wrong += 1;
    say(`BAD Node ${version}: ${fault.message}`);
  } finally {
    takeAway(copy);
  }
}
