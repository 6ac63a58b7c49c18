import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { root, run } from "../run-step.mjs";
import { say } from "../say.mjs";
import { versionOf } from "./older-tree.mjs";
import { startAt } from "./roll.mjs";

/**
 * What docs/operate.md says of an old portal that ends beside a newer one: killed with -9 it starts again, and a command of the old version works, where each
 * migration that it lacks says so; else both refuse and name the version from which on one could live there. `living`: the ports that traffic goes to. Out: the portal
 * that stands there now (one that may not start: nothing to stop), and what was not so.
 */
export async function startOlderAgain({ folder, place, portal, living }) {
  const isWelcome = livesOnNewest(folder);
  living.splice(living.indexOf(portal.port), 1);
  await pause(5_000); // what was asked of it is answered first: what a kill costs those who wait for an answer is the question of `npm run portals:kill`
  await portal.kill();
  const started = await startAt(folder, place, portal.port).catch((fault) => fault);
  const isBack = !(started instanceof Error);
  if (isBack) living.push(portal.port);
  say(`  the older portal was killed and ${isBack ? "is back" : "may not start again"}`);
  const wrong = [
    ...judge("start", isWelcome, isBack, String(started?.message ?? "")),
    ...(await commandOf(folder, place, isWelcome)),
  ];
  await pause(5_000);
  return { portal: isBack ? started : { ...portal, stop: async () => 0 }, wrong };
}

async function commandOf(folder, { settings, databaseUrl, origin }, isWelcome) {
  const env = { ...process.env, ...settings, DATABASE_URL: databaseUrl, APP_URL: origin };
  const { code, output } = await run(process.execPath, ["scripts/portal.mjs", "people", "list"], { cwd: folder, env });
  return judge("people list", isWelcome, code === 0 && output.includes("@"), output);
}

/** A refusal says which version could live there. */
function judge(what, isWelcome, isDone, said) {
  if (isDone !== isWelcome) return [`${what} of the old version ${isDone ? "was done" : `ended: ${said}`}`];
  return isDone || /version \d+\.\d+\.\d+|newer/.test(said)
    ? []
    : [`${what} of the old version gave no reason: ${said}`];
}

/** Does each migration that this folder lacks say that its version can live there? Versions before 0.2.0 ask no migration. */
function livesOnNewest(folder) {
  const version = versionOf(folder);
  const known = new Set(readdirSync(join(folder, "prisma", "migrations")));
  const newer = readdirSync(join(root, "prisma", "migrations")).filter((name) => !known.has(name));
  const floors = newer.map(
    (name) =>
      /^-- floor: (\S+)/.exec(readFileSync(join(root, "prisma", "migrations", name, "migration.sql"), "utf8"))?.[1],
  );
  return ["0.2.0", ...floors].every((floor) => floor !== undefined && !isOlder(version, floor));
}

function isOlder(one, other) {
  const [ours, theirs] = [one, other].map((version) => version.split(".").map(Number));
  const at = ours.findIndex((number, place) => number !== theirs[place]);
  return at >= 0 && ours[at] < theirs[at];
}
