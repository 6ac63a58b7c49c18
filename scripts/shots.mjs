import "./check-node.mjs";

const { findBrowser, howToGetOne } = await import("./find-browser.mjs");
const { ensureBuilt, ensureBundled, ensureGenerated } = await import("./prepare.mjs");
const { ensureInstalled } = await import("./packages.mjs");
const { nodeProgram, root } = await import("./run-step.mjs");
const { giveUp, say } = await import("./say.mjs");

/** `npm run shots`: pictures of every screen in both languages, on a phone and on a desk, light and dark. */
process.chdir(root);
await ensureInstalled();
await ensureGenerated();
await ensureBundled(["lib/serve/serve.ts"]);
await ensureBuilt();
const browser = await findBrowser();
if (browser === null) giveUp(howToGetOne);
const args = ["test", "--config=e2e/playwright.config.ts", "--project=shots", "--reporter=line"];
const { code } = await nodeProgram("@playwright/test/cli.js", args, {
  env: { CHROMIUM_PATH: browser, SHOTS: "1" },
  quiet: false,
});
say("The pictures lie in screens/.");
process.exitCode = code;
