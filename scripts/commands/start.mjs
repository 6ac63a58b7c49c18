import { checkDataFolder, checkDataSpace, checkSystem } from "../database-grounds.mjs";
import { loadEnvFile } from "../env-file.mjs";
import { dropForeign } from "../foreign-settings.mjs";
import { ensureEnvFile } from "../fresh-secrets.mjs";
import { checkEnvFile, checkFolder, checkName, checkPorts } from "../grounds.mjs";
import { ensureInstalled } from "../packages.mjs";
import { ensureBuilt, ensureBundled, ensureGenerated, houseMark } from "../prepare.mjs";
import { told } from "../refusal.mjs";
import { root } from "../run-step.mjs";
import { giveUp } from "../say.mjs";
import { noteRunning, takeFolder } from "../start-lock.mjs";

/** `npm start`: from a fresh clone to a portal that answers. The process that prepares becomes the portal. */
async function start() {
  process.chdir(root);
  checkName();
  checkFolder();
  const holder = await takeFolder();
  if (holder !== null) giveUp(whyTaken(holder));
  checkEnvFile();
  checkDataFolder();
  checkSystem();
  checkDataSpace();
  await checkPorts();
  const mark = houseMark();
  await ensureInstalled();
  const keysAreFresh = await ensureEnvFile();
  loadEnvFile();
  dropForeign();
  process.env.NODE_ENV = "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  await ensureGenerated();
  await ensureBundled([
    "lib/serve/settings-check.ts",
    "lib/serve/serve.ts",
    "lib/cli/portal.ts",
    "lib/cli/portal-night.ts",
  ]);
  await ensureBuilt(checkSettings);
  const { serve } = await import("../../.sallyport/serve.mjs");
  noteRunning(await serve({ root, keysAreFresh }), mark);
}

/** Whoever asks whether it runs must hear that it does, and whoever wanted to start it, that it did not. */
function whyTaken({ pid, address, mark }) {
  if (pid === undefined)
    return "Another process holds this folder and does not answer. Try again in a moment; if it stays so, it is stopped or stuck: end it.";
  if (!address) return `Another start is at work in this folder (process ${pid}). Wait until it has finished.`;
  const running = `Sallyport is already running here: ${address}`;
  if (mark === houseMark()) return running;
  return `${running}\nIt runs older code than this folder holds now. To change over, stop it (Ctrl-C, or kill -TERM ${pid}) and start it again; as a service: systemctl restart sallyport.`;
}

/** Before the pages are built, which takes a minute; where they are, the serving entry asks the same first. */
async function checkSettings() {
  const { settingsMistakes } = await import("../../.sallyport/settings-check.mjs");
  const mistakes = settingsMistakes();
  if (mistakes !== null) giveUp(mistakes.trimEnd());
}

await told(start);
