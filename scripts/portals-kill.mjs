import { parseArgs } from "node:util";
import "./check-node.mjs";

const { findOrInstallServers } = await import("./find-servers.mjs");
const { ensureBuilt, ensureBundled, ensureTools } = await import("./prepare.mjs");
const { nodeProgram } = await import("./run-step.mjs");
const { giveUp, say } = await import("./say.mjs");

/**
 * `npm run portals:kill [-- --seconds 300]`: two portals on one database behind haproxy, configured as docs/scale.md says; one of them is killed with -9 every
 * five seconds while people log in. Exits 1 when a code was accepted twice, when something that somebody was told is not true afterwards, when a
 * request failed again although no portal was killed in between, or when starting over did not let somebody in.
 */
const { values } = parseArgs({ options: { seconds: { type: "string", default: "300" } } });
const seconds = Number(values.seconds);
if (!Number.isInteger(seconds) || seconds < 15 || seconds > 7_200)
  giveUp("Give a number of seconds between 15 and 7200.");

await ensureTools();
await ensureBuilt();
await ensureBundled(["lib/serve/serve.ts"]);
await findOrInstallServers();
say(`Killing one of two portals every five seconds, for ${seconds} s…`);
const story = ["test", "--config=e2e/playwright.config.ts", "--reporter=list", "--workers=1", "portal-killed"];
const { code } = await nodeProgram("@playwright/test/cli.js", story, {
  quiet: false,
  env: { KILL_SECONDS: `${seconds}` },
});
process.exit(code ?? 1);
