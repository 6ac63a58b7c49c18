import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { layOutCommit } from "../bench/trees.mjs";
import { root, run } from "../run-step.mjs";
import { giveUp } from "../say.mjs";

/**
 * The checkout as it was before the newest migration came: the oldest neighbour that an upgrade must get along with; `wanted`: before this migration, or the first that begins so. Out: its commit, and the folder
 * where it lies with the packages of this one.
 */
export async function layOutOlder(wanted) {
  const commit = await commitBefore(wanted);
  return { commit, folder: await layOutCommit(commit) };
}

/** A migration that is not in the history yet has the newest commit before it. */
async function commitBefore(wanted) {
  const folders = readdirSync(join(root, "prisma", "migrations"), { withFileTypes: true });
  const names = folders.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  const newest = wanted === undefined ? names.at(-1) : names.find((name) => name.startsWith(wanted));
  if (newest === undefined) giveUp(`There is no migration ${wanted}.`);
  const file = `prisma/migrations/${newest}/migration.sql`;
  const { code, output } = await run("git", ["log", "--diff-filter=A", "--format=%H", "-1", "--", file]);
  if (code !== 0) giveUp(`This checkout has no history to take the older version from:\n${output}`);
  const before = await run("git", ["rev-parse", "--verify", output === "" ? "HEAD" : `${output}^`]);
  if (before.code !== 0) giveUp(`There is nothing before the migration ${newest}.`);
  return before.output;
}

/** The version that a folder's portal calls itself. */
export const versionOf = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;

/** Did that version's first start write a key for its builds into `.env`? Then whoever upgrades has it there, and both builds read it. */
export const wroteActionKey = (folder) =>
  readFileSync(join(folder, "scripts/fresh-secrets.mjs"), "utf8").includes("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY");
