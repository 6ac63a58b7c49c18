import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCast } from "../bench/cast.mjs";
import { actionId, ended, startPortal } from "../bench/portal.mjs";
import { layOutFresh, takeAway } from "../bench/trees.mjs";
import { aVisitor } from "../roll/visitor.mjs";
import { root, run } from "../run-step.mjs";
import { say } from "../say.mjs";
import { blocksOf, filledIn } from "./page-blocks.mjs";

/** Lives through one night: a house with people and a backup, what happens to it, the page line by line, and what must be true afterwards. `given`: the checkout to do it in, where it is laid out already. */
export async function followNight(night, given) {
  say(`\n— ${night.name}: a house with people…`);
  const place = mkdtempSync(join(tmpdir(), "drill-"));
  const old = given ?? (await layOutFresh(`drill-${night.name}`));
  const running = { portal: null };
  try {
    const scene = await peopleIn(old, place);
    await night.happens(scene);
    const blocks = filledIn(blocksOf(`docs/nights/${night.name}.md`), night.words(scene));
    const house = await follow(blocks, { cwd: night.startsIn(scene), port: scene.port, running });
    await night.isTrue({ ...scene, ...house });
  } finally {
    if (running.portal !== null) await ended(running.portal);
    if (given === undefined) takeAway(old); // else whoever gave it does
    rmSync(place, { recursive: true, force: true });
  }
}

/** A portal with three people who have an app, one of them signed in, and a backup of it; stopped. */
async function peopleIn(old, place) {
  mkdirSync(join(place, "backups"));
  const before = { ...process.env };
  const portal = await startPortal(old);
  const cast = await openCast(old, portal);
  const persons = [
    ...(await cast.people.makeBenchPeople(cast.ctx, 1, true)),
    ...(await cast.people.makeBenchPeople(cast.ctx, 2)),
  ];
  const house = houseOf(old, portal, cast.people);
  const signedIn = await aVisitor(house, persons[0]);
  await signedIn.passFirstDoor();
  await signedIn.passSecondDoor();
  const backup = join(place, "backups", "newest.backup");
  await portalCommand(old, "backup", backup);
  await cast.close();
  await portal.stop();
  process.chdir(root); // the cast took the folder and the settings of that house, which whoever follows a page has not
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  return { old, place, backup, persons, signedIn, port: portal.port, people: cast.people };
}

const used = ["logInAction", "answerAction", "acknowledgeSetBackAction", "acceptInvitationAction"];

const houseOf = (folder, portal, people) => ({
  portal,
  portals: [portal],
  people,
  actions: Object.fromEntries(used.map((name) => [name, actionId(folder, name)])),
});

/** Runs the command line of a checkout; throws with what it said where it fails. */
export const portalCommand = (folder, ...words) => portalCommandOn(folder, {}, ...words);

/** The same with other settings than its own. */
export async function portalCommandOn(folder, env, ...words) {
  const { code, output } = await run(process.execPath, ["scripts/portal.mjs", ...words], { cwd: folder, env });
  if (code !== 0) throw new Error(`${words.join(" ")} ended with ${code}: ${output}`);
  return output;
}

/** On the port of before, whose cookies browsers still have. Each block in a shell that ends at the first line which fails; `npm start` goes on in the background, as in a second window. Out: the house that answers then. */
async function follow(blocks, { cwd, port, running }) {
  const env = { ...process.env, PORT: String(port), TRUSTED_PROXIES: "127.0.0.1/32" };
  let folder = cwd;
  for (const block of blocks) {
    say(block.replace(/^/gm, "     "));
    if (block === "npm start") await startAnew(running, folder, env);
    else await inShell(block, folder, env);
    for (const [, into] of block.matchAll(/^cd (\S+)$/gm)) folder = join(folder, into);
  }
  return { folder, portal: { port, origin: `http://localhost:${port}` } };
}

/** A page that says so twice has the portal stopped between. */
async function startAnew(running, folder, env) {
  if (running.portal !== null) await ended(running.portal);
  running.portal = await started(folder, env);
}

async function inShell(block, cwd, env) {
  const { code, output } = await run("/bin/sh", ["-e", "-c", block], { cwd, env });
  if (code !== 0) throw new Error(`the page's line ended with ${code}:\n${block}\n${output}`);
  say(output.replace(/^/gm, "       "));
}

/** As `npm start` does, without npm between: its end would leave the portal behind. */
function started(cwd, env) {
  const child = spawn(process.execPath, ["scripts/start.mjs"], { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  process.once("exit", () => child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    let heard = "";
    child.stdout.setEncoding("utf8").on("data", (piece) => {
      heard += piece;
      if (heard.includes("/setup?link=")) reject(new Error("it printed a set-up link"));
      if (heard.includes("Sallyport is ready")) resolve(child);
    });
    child.once("exit", (code) => reject(new Error(`the portal ended with ${code}: ${heard}`)));
  });
}

/** Somebody at the door of the restored house. */
export const visit = ({ folder, portal, people }, person) => aVisitor(houseOf(folder, portal, people), person);
