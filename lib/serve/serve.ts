import { existsSync, mkdirSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { config, configMistakes } from "@/lib/config/config";
import type { Config } from "@/lib/config/read-config";
import { noteKeysOfBuiltIn } from "@/lib/db/built-in";
import { systemClock } from "@/lib/kernel/clock";
import { hours, seconds } from "@/lib/kernel/duration";
import { holdLines, setLogLevel } from "@/lib/kernel/log";
import { bootHouse } from "@/lib/serve/boot-house";
import { addressTexts, mistakesText, setupText, unprovenText, wrongHourText } from "@/lib/serve/boot-text";
import { type ClockWatch, makeClockWatch } from "@/lib/serve/clock-watch";
import { foreignDatabase, type HeldDatabase, holdBuiltIn } from "@/lib/serve/database";
import { doorOf } from "@/lib/serve/drain";
import { makeGate } from "@/lib/serve/gate";
import { serveHealth } from "@/lib/serve/health";
import { takePortalLock } from "@/lib/serve/instance-lock";
import { migrateWhenReachable, reasonOf } from "@/lib/serve/migrate-when-reachable";
import { loadPages, type Pages } from "@/lib/serve/next-server";
import { announceEntry, bootReport, isHourRight } from "@/lib/serve/portal-state";
import { listen, publicServer } from "@/lib/serve/public-server";
import { collectForVisitors, keepMemorySmall } from "@/lib/serve/small-memory";
import { readStaticFiles, type StaticFiles } from "@/lib/serve/static-files";
import { type Running, stopOnSignals } from "@/lib/serve/stop";
import type { Ownership } from "@/scripts/one-owner.mjs";

/** The checkout; `keysAreFresh`: its keys were made by this very start, so that nothing can be sealed with them yet. */
type Given = { readonly root: string; readonly keysAreFresh?: boolean };

/**
 * Serves the portal out of the checkout `root`, in this process, until a signal stops it. Returns its address once it answers. Wherever
 * the start ends, also where another process already serves this data folder, the operator reads a sentence and the exit
 * code is 1.
 */
export async function serve({ root, keysAreFresh = false }: Given): Promise<string> {
  process.chdir(root);
  keepMemorySmall();
  const mistakes = configMistakes();
  if (mistakes.length > 0) {
    process.stderr.write(mistakesText(mistakes));
    process.exit(1);
  }
  const settings = config();
  setLogLevel(settings.logLevel);
  const lock = await takeHouse(settings);
  if (lock.kind === "taken") {
    process.stderr.write(`Sallyport is already running here: ${lock.by}\n`);
    process.exit(1);
  }
  const releaseLines = holdLines();
  const running: Running = {
    isStopping: false,
    isServing: false,
    door: null,
    afterwards: [lock.release],
    health: null,
  };
  const stop = stopOnSignals(running, say);
  try {
    await open({ root, keysAreFresh }, settings, running);
    sayReady(settings);
    releaseLines();
    return settings.appUrl;
  } catch (fault) {
    if (running.isStopping) return stop(0); // what was under way was given up, or heard the signal too
    process.stderr.write(`The portal cannot start. ${fault instanceof Error ? fault.message : String(fault)}\n`);
    return stop(1);
  }
}

/** The lock of the data folder; where it cannot be had, the system's reason in a sentence. */
async function takeHouse({ dataDir, appUrl }: Config): Promise<Ownership> {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return await takePortalLock(dataDir, appUrl, say);
  } catch (fault) {
    process.stderr.write(`The portal cannot start. DATA_DIR, ${dataDir}, cannot be used: ${reasonOf(fault)}\n`);
    return process.exit(1);
  }
}

/** Port first, so that a taken one is told at once; until the pages are there everybody reads "later". */
async function open(given: Required<Given>, settings: Config, running: Running): Promise<void> {
  const { root } = given;
  let database: HeldDatabase | null = null;
  let pages: Pages | null = null;
  const gate = makeGate();
  const isUp = () => pages !== null && database?.isUp() === true;
  const clock = watchClock();
  const server = publicServer(settings, {
    isOpen: () => isUp() && clock.mayDecide(),
    isClosing: () => running.isStopping,
    gate,
    files: filesOf(root, settings),
    pages: async (req, res) => pages?.answer(req, res).finally(collectForVisitors),
    routeOf: (path) => pages?.routeOf(path) ?? null,
    knowsAction: (id) => pages?.knowsAction(id) ?? false,
  });
  running.door = doorOf(server, gate);
  await listen(server, settings);
  database = holdDatabase(given, settings);
  running.afterwards.unshift(database.stop);
  await database.ready;
  await migrateWhenReachable(root, settings, say);
  announceEntry(clock);
  const isServed = () => isUp() && !running.isStopping;
  const health = await watched(given, settings, { server, isOpen: isServed });
  const loaded = await lookAndLoad(root, settings, running);
  if (settings.databaseUrl === null) await noteKeysOfBuiltIn(settings.dataDir);
  for (let tries = 3; tries > 0 && !clock.mayDecide(); tries -= 1) await clock.tick();
  pages = loaded;
  bootReport()?.begin();
  running.isServing = true;
  if (health !== null) running.health = await serveHealth(health.place, health.watched);
}

/** How long a start that ends waits for the look at the house: what that look has written wants to be taken back, and nobody wants to wait for it. */
const lookEnds = seconds(2);

/** Loads the pages and looks at the house, whose statements are on their way meanwhile. Throws the sentence that ends the start. */
async function lookAndLoad(root: string, settings: Config, { afterwards }: Running): Promise<Pages> {
  const looking = bootHouse();
  const loading = loadPages(root, settings);
  // a fault of either is thrown below: here it only means that there is nothing to close
  const nothing = () => undefined;
  afterwards.unshift(() => loading.then(({ close }) => close(), nothing));
  afterwards.unshift(async () => {
    await Promise.race([looking.catch(nothing), pause(lookEnds)]);
    await bootReport()?.rest(); // letters first: they need the database
  });
  const [pages] = await Promise.all([loading, looking]);
  const report = bootReport();
  if (report === null) throw new Error("Nobody has looked at the house.");
  if (report.mistake !== null) throw new Error(report.mistake);
  return pages;
}

/** What the health port tells, counted from here on; null without one: then nothing is counted, and the library for it is not even loaded. */
async function watched(
  { root }: Given,
  { healthPort: port, healthHost: host, dataDir, metricsToken: token, backup }: Config,
  { server, isOpen }: { readonly server: Server; readonly isOpen: () => boolean },
) {
  if (port === null) return null;
  const { countPortal } = await import("@/lib/serve/metrics/count-portal");
  const backupEvery = backup.dir === null ? null : hours(backup.everyHours);
  const told = countPortal({ server, dir: join(root, ".next", "standalone", ".next"), dataDir, isOpen, backupEvery });
  return { place: { host, port }, watched: { dataDir, isOpen, metrics: { token, ...told } } };
}

/** Looks at the hour every second, besides at each request; against the database's as soon as the house has been looked at. */
function watchClock(): ClockWatch {
  const clock = makeClockWatch({
    wall: () => systemClock.now().getTime(),
    steady: () => performance.now(),
    measure: async () => (await bootReport()?.skew()) ?? null,
  });
  setInterval(() => void clock.tick(), seconds(1)).unref();
  return clock;
}

/** The build's files for browsers, and those that only the build before had: its pages are still open somewhere, and ask for them here. */
function filesOf(root: string, house: Pick<Config, "isHttps">): StaticFiles {
  const before = join(root, ".sallyport", "files-before");
  const kept = existsSync(before) ? readStaticFiles(before, house) : [];
  return new Map([...kept, ...readStaticFiles(join(root, ".next", "standalone", "files"), house)]);
}

function holdDatabase(given: Required<Given>, { databaseUrl, dataDir }: Config): HeldDatabase {
  if (databaseUrl !== null) return foreignDatabase;
  return holdBuiltIn({ ...given, dataDir, say });
}

function sayReady(settings: Config): void {
  say(`Sallyport is ready: ${settings.appUrl}`);
  for (const line of addressTexts(settings)) say(line);
  const link = bootReport()?.setupLink ?? null;
  if (link !== null) say(setupText(link));
  if (!isHourRight()) say(wrongHourText);
  for (const channel of bootReport()?.unproven ?? []) say(unprovenText(channel));
  say("Stop it with Ctrl-C.");
}

/** Words for the operator, one line each. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
