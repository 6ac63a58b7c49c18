import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkDataFolder } from "../database-grounds.mjs";
import { loadEnvFile } from "../env-file.mjs";
import { dropForeign } from "../foreign-settings.mjs";
import { checkEnvFile } from "../grounds.mjs";
import { looksAnyway, noteGround } from "../note-ground.mjs";
import { ensureInstalled } from "../packages.mjs";
import { portalProgram, runProgram, spareMemory } from "../portal-program.mjs";
import { ensureBundled, ensureGenerated } from "../prepare.mjs";
import { told } from "../refusal.mjs";
import { root } from "../run-step.mjs";
import { answerInJson, giveUp } from "../say.mjs";

/** `npm run portal -- …`: the command line. Says nothing of its own, so that `--json` can be read by programs. */
async function portal() {
  process.chdir(root);
  if (process.argv.includes("--json")) answerInJson();
  if (!existsSync(join(root, "node_modules"))) await installFor(process.argv.slice(2));
  refuseOtherRoot();
  if (looksAnyway(process.argv.slice(2))) globalThis.sallyportGround = await noteGround();
  else checkGround();
  dropForeign();
  process.env.NODE_ENV = "production";
  await ensureGenerated();
  const program = portalProgram(process.argv.slice(2));
  await ensureBundled([`lib/cli/${program}.ts`]);
  spareMemory(process.argv.slice(2));
  await runProgram(program);
}

function checkGround() {
  checkEnvFile();
  loadEnvFile();
  checkDataFolder();
}

/** A restore comes before the first start, and a look at a backup needs none: these install what they need. */
async function installFor(words) {
  const [first, second] = words.filter((word) => !word.startsWith("-"));
  const comesFirst = first === "restore" || (first === "backup" && second === "verify");
  if (!comesFirst || words.includes("--json")) giveUp("Start the portal once first: npm start");
  await ensureInstalled();
}

/** What root writes here, the account of the portal could not write again at its next start. */
function refuseOtherRoot() {
  const owner = statSync(join(root, ".sallyport"), { throwIfNoEntry: false })?.uid ?? 0;
  if (process.getuid?.() === 0 && owner !== 0)
    giveUp(
      `The portal runs as the account number ${owner}. Run commands as that account too: runuser -u "$(id -nu ${owner})" -- npm run portal -- …`,
    );
}

await told(portal);
