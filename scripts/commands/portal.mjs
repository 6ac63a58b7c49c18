import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadEnvFile } from "../env-file.mjs";
import { dropForeign } from "../foreign-settings.mjs";
import { ensureBundled, ensureGenerated } from "../prepare.mjs";
import { root } from "../run-step.mjs";
import { giveUp } from "../say.mjs";

/** `npm run portal -- …`: the command line. Says nothing of its own, so that `--json` can be read by programs. */
process.chdir(root);
if (!existsSync(join(root, "node_modules"))) giveUp("Start the portal once first: npm start");
loadEnvFile();
dropForeign();
process.env.NODE_ENV = "production";
await ensureGenerated();
await ensureBundled(["lib/cli/portal.ts"]);
await import("../../.sallyport/portal.mjs");
