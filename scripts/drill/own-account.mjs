import { chmodSync, chownSync, lchownSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { layOutFresh, takeAway } from "../bench/trees.mjs";
import { accountForRoot } from "../built-in-needs.mjs";
import { run } from "../run-step.mjs";
import { giveUp, say } from "../say.mjs";

/**
 * Root's way through a night: what a page's lines do must be allowed to an account that owns its checkout and nothing around it, as a service's does. So it lays the checkout out,
 * gives it to such an account, and goes through the night as that one. `wanted`: its name. Out: the exit code; null where this is not root, or that account cannot come here, and the night is to be gone through as we are.
 */
export async function asOwnAccount(name, wanted) {
  const account = process.getuid?.() === 0 ? accountForRoot(wanted) : null;
  if (account === null && wanted !== undefined)
    giveUp(`Only root can go through a night as ${wanted}, and only where there is such an account.`);
  if (account === null) return null;
  const { uid, gid } = account;
  const comesHere = await run(process.execPath, ["-e", "require('node:fs').accessSync('package.json')"], { uid, gid });
  if (comesHere.code !== 0 && wanted !== undefined) giveUp(`${wanted} may not enter ${process.cwd()}.`);
  if (comesHere.code !== 0) return null;
  say(`As the account ${account.name}, number ${uid}.`);
  const checkout = await layOutFresh(`drill-${name}`);
  const home = join(checkout, "..", `home-${name}`);
  try {
    makeHome(home, account);
    give(checkout, account);
    const { output: registry } = await run("npm", ["config", "get", "registry"]);
    const { code } = await run(process.execPath, ["scripts/backup-drill.mjs", "--night", name, "--in", checkout], {
      uid,
      gid,
      quiet: false,
      env: { HOME: home, npm_config_registry: registry, npm_config_cache: join(home, ".npm") },
    });
    return code;
  } finally {
    takeAway(checkout);
    rmSync(home, { recursive: true, force: true });
  }
}

/** With a word for git, which does not clone what belongs to somebody else unless it is told to. */
function makeHome(home, { uid, gid }) {
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home);
  writeFileSync(join(home, ".gitconfig"), "[safe]\n\tdirectory = *\n");
  chownSync(home, uid, gid);
}

/** The folders and files of a checkout. The files of its packages are links to ours and stay ours: they are read only. */
function give(folder, { uid, gid }, isOurs = false) {
  chownSync(folder, uid, gid);
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) give(path, { uid, gid }, isOurs || entry.name === "node_modules");
    else if (!isOurs) lchownSync(path, uid, gid);
  }
}
