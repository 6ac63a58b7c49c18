import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { envFile, settings } from "./env-file.mjs";
import { isInstalled, isWritable } from "./packages.mjs";
import { portSentence } from "./port-sentence.mjs";
import { account, quoted } from "./refusal.mjs";
import { root } from "./run-step.mjs";
import { giveUp } from "./say.mjs";

const isRoot = process.getuid?.() === 0;

/** What every command needs before it reads or writes anything: an `.env` that can be read. */
export function checkEnvFile() {
  const found = lstatSync(envFile, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (statSync(envFile, { throwIfNoEntry: false })?.isFile() !== true) {
    giveUp(
      `${envFile} is not a file${found.isDirectory() ? " but a folder" : ""}. Move it away, or put the file with your settings there.`,
    );
  }
  if (!may(envFile, constants.R_OK)) {
    giveUp(
      `The account ${account()} may not read ${envFile}. Start as the account that owns it, or give it the file: chown ${account()} ${quoted(envFile)}`,
    );
  }
}

/** A name that the tools which build the pages take for something else: they cut a path off at a # or a ?. */
export function checkName() {
  const [odd] = /[#?\n\r]/.exec(root) ?? [];
  if (odd === undefined) return;
  giveUp(
    `The path of this folder, ${JSON.stringify(root)}, holds ${JSON.stringify(odd)}, which the tools that build the pages cannot read. Rename the folder and try again.`,
  );
}

/** A folder of this checkout that a start writes into: it is made, and a file in it, so that every "no" is heard now. */
export function checkFolder() {
  const folder = join(root, ".sallyport");
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `probe.${process.pid}`), "");
    rmSync(join(folder, `probe.${process.pid}`));
  } catch (fault) {
    throw Object.assign(fault, { path: folder });
  }
  for (const name of ["node_modules", ".next", "lib/db/generated", "."]) {
    const path = join(root, name);
    if (existsSync(path) && !may(path, constants.W_OK)) denied(path);
  }
  if (isInstalled()) return;
  checkSpace(root, 1200, "the packages");
}

/** Less than this and PostgreSQL would end in the middle of something. */
const newDatabaseNeeds = 200;
const databaseNeeds = 32;

function checkSpace(path, neededMegabytes, what) {
  const { bavail, bsize } = statfsSync(path);
  const free = Math.floor((bavail * bsize) / 2 ** 20);
  if (free >= neededMegabytes) return;
  giveUp(
    `There is too little space for ${what} where ${path} lies: ${free} MB are free, about ${neededMegabytes} MB are needed. Make room and try again: nothing that was stored is lost.`,
  );
}

/** The nearest folder that is there: what will be made below it lies on the same disk. */
const nearest = (path) => (existsSync(path) ? path : nearest(dirname(path)));

/** Everything about the data folder that the database would say no to later. */
export function checkDataFolder() {
  const dataDir = dataFolder();
  if (existsSync(dataDir) && !statSync(dataDir).isDirectory())
    giveUp(`DATA_DIR, ${dataDir}, is not a folder. Name another one, or move what is there away.`);
  if (!isWritable(dataDir)) denied(dataDir);
  const [cluster, note] = [join(dataDir, "postgres"), join(dataDir, "postgres.location")];
  if (!usesBuiltIn()) return;
  if (!isRoot && /[\n\r]/.test(dataDir)) giveUp("The path of DATA_DIR holds a line break. Rename that folder.");
  if (!isRoot && existsSync(note))
    giveUp(`The database of ${dataDir} was made by root, and its place is noted in ${note}. Start as root again.`);
  const owner = existsSync(cluster) ? statSync(cluster).uid : null;
  if (owner !== null && process.getuid !== undefined && owner !== process.getuid())
    giveUp(
      `The database in ${cluster} belongs to the account number ${owner}, and this is ${account()}. Start as that account, or give the whole folder to this one.`,
    );
}

/** Room for the built-in database: more where it will be made. A command beside a running portal does not ask. */
export function checkDataSpace() {
  if (!usesBuiltIn()) return;
  const dataDir = dataFolder();
  const isNew = ["postgres", "postgres.location"].every((name) => !existsSync(join(dataDir, name)));
  const place = nearest(isRoot ? "/var/lib/sallyport" : dataDir);
  checkSpace(place, isNew ? newDatabaseNeeds : databaseNeeds, "the database");
}

const dataFolder = () => resolve(root, settings().DATA_DIR?.trim() ?? "data");

const usesBuiltIn = () => settings().DATABASE_URL === undefined && settings().DATABASE_URL_FILE === undefined;

/** Alpine and its like have another C library, for which no PostgreSQL comes along. */
export function checkSystem() {
  const isMusl = process.platform === "linux" && process.report.getReport().header.glibcVersionRuntime === undefined;
  if (isMusl && usesBuiltIn()) {
    giveUp(
      "The built-in PostgreSQL needs a Linux with glibc, and this one has another C library. Set DATABASE_URL to a PostgreSQL of your own, or use another system.",
    );
  }
}

/** Can the ports be had? Asked by taking them for a moment. What is no port or no address is told with the other mistakes of the settings. */
export async function checkPorts() {
  const { HOST = "127.0.0.1", PORT = "3000", HEALTH_PORT } = settings();
  await checkPort("PORT", PORT, HOST.trim());
  if (HEALTH_PORT !== undefined) await checkPort("HEALTH_PORT", HEALTH_PORT, "127.0.0.1");
}

async function checkPort(name, text, host) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return;
  const fault = await new Promise((heard) => {
    const probe = createServer().once("error", heard);
    probe.listen(port, host, () => probe.close(() => heard(null)));
  });
  if (fault !== null) giveUp(portSentence(fault, { name, host, port }));
}

function may(path, how) {
  try {
    accessSync(path, how);
    return true;
  } catch {
    return false;
  }
}

function denied(path) {
  giveUp(
    `The account ${account()} may not write ${path}. Start as the account that owns it, or give it the folder: chown -R ${account()} ${quoted(root)}`,
  );
}
