import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startPortal, startSecond } from "../bench/portal.mjs";
import { keepFilesIn, leaveOutKnown } from "../kept-files.mjs";
import { run } from "../run-step.mjs";
import { giveUp, say } from "../say.mjs";
import { wroteActionKey } from "./older-tree.mjs";

const key = () => randomBytes(32).toString("base64");

/** The settings that an operator has in `.env` before and after: both versions and all portals read the same. */
export const settingsOf = (older) => ({
  PORTAL_KEYS: `k1:${key()}`,
  AUTH_SECRET: key(),
  TRUSTED_PROXIES: "127.0.0.1/32",
  ...(wroteActionKey(older) && { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: keyOfBuild(older) ?? key() }),
});

/** An older version that lies there built keeps its key: under another one it would be built again. */
function keyOfBuild(folder) {
  const manifest = join(folder, ".next", "server", "server-reference-manifest.json");
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).encryptionKey : null;
}

/** Builds a folder's portal by starting it once, on a database that nobody uses afterwards. */
export async function build(folder, settings, databaseUrl) {
  const portal = await startPortal(folder, { ...settings, DATABASE_URL: databaseUrl });
  await portal.stop();
}

/** What a checkout does when it is brought to the newer version: the files of the build before stay beside its own. */
export function keepFiles(older, newer) {
  const kept = join(newer, ".sallyport", "files-before");
  rmSync(kept, { recursive: true, force: true });
  keepFilesIn(join(older, ".next", "standalone", "files"), kept);
  leaveOutKnown(kept, join(newer, ".next", "standalone", "files"));
}

/** The older version's own ways to fill its database, in this process. Out: its functions, a context, and how to close it. */
export async function openOlder(folder, { settings, databaseUrl, origin }) {
  const bundling = [join(folder, "scripts/bundle.mjs"), "lib/testing/bench-people.ts"];
  const { code, output } = await run(process.execPath, bundling);
  if (code !== 0) giveUp(output);
  Object.assign(process.env, settings, { DATABASE_URL: databaseUrl, APP_URL: origin, PORT: new URL(origin).port });
  const people = await import(pathToFileURL(join(folder, ".sallyport", "bench-people.mjs")).href);
  return { people, ...people.openBench(databaseUrl) };
}

/**
 * Restarts the portals one after the other as the newer version, each on its own port. `living`: the ports that traffic goes to; one that is told to stop
 * leaves it, as a load balancer would see to. `between`: what is looked at while both versions serve, and finds `wrong`; it may exchange the portal that is left. Out: these, the new portals and how long it took.
 */
export async function rollOneAfterTheOther({ portals, living, start, between }) {
  const begun = performance.now();
  const [newer, wrong] = [[], []];
  for (const portal of portals) {
    living.splice(living.indexOf(portal.port), 1);
    const code = await portal.stop();
    if (code !== 0) giveUp(`An old portal ended with code ${code}.`);
    newer.push(await start(portal.port));
    living.push(portal.port);
    say(`  port ${portal.port} is the newer version now`);
    if (newer.length < portals.length) wrong.push(...(await between()));
  }
  return { newer, wrong, seconds: Math.round((performance.now() - begun) / 1000) };
}

/** A portal of a built folder on a port of its own. */
export const startAt = (folder, { settings, databaseUrl, origin }, port) =>
  startSecond(folder, databaseUrl, origin, settings, port);
