import { loadEnvFile } from "../env-file.mjs";
import { dropForeign } from "../foreign-settings.mjs";
import { ensureEnvFile } from "../fresh-secrets.mjs";
import { ensureBuilt, ensureBundled, ensureGenerated, ensureInstalled } from "../prepare.mjs";
import { root } from "../run-step.mjs";
import { giveUp, say } from "../say.mjs";
import { noteRunning, takeFolder } from "../start-lock.mjs";

/** `npm start`: from a fresh clone to a portal that answers. The process that prepares becomes the portal. */
async function start() {
  process.chdir(root);
  const holder = takeFolder();
  if (holder?.address) return say(`Sallyport is already running here: ${holder.address}`);
  if (holder) giveUp(`Another start is at work in this folder (process ${holder.pid}). Wait until it has finished.`);
  await ensureInstalled();
  await ensureEnvFile();
  loadEnvFile();
  dropForeign();
  process.env.NODE_ENV = "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  await ensureGenerated();
  await ensureBundled(["lib/serve/serve.ts", "lib/cli/portal.ts"]);
  await ensureBuilt();
  const { serve } = await import("../../.sallyport/serve.mjs");
  noteRunning(await serve({ root }));
}

await start();
