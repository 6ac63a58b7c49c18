import { parseArgs } from "node:util";
import "./check-node.mjs";

const { bundle } = await import("./bundle.mjs");
const { ensureBuilt, ensureBundled, ensureTools } = await import("./prepare.mjs");
const { nodeProgram, root } = await import("./run-step.mjs");
const { giveUp, say } = await import("./say.mjs");

/**
 * `npm run cluster:failover [-- --kills 10 --ways kill,frozen,cut,switch --rate 8 --asynchronous]`: three PostgreSQL under Patroni as docs/scale.md says, two portals before
 * them, and whoever leads is lost again and again while people log in, each time when those have been served who waited for the one before (two minutes at most), in these ways by
 * turns: killed with -9, frozen until another one leads, cut off from all others while it lives on, and asked to hand on; `behind` kills one whose followers have heard nothing for a second. Exits 1 when a code was accepted twice, when a login that was acknowledged is lost, when the portals
 * were not ready again within thirty seconds, or when less than half of that rate was let in while a leader was there. `--asynchronous`: no commit waits for a second machine; what is lost then is told and is no failure.
 */
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "10" },
    ways: { type: "string", default: "kill,frozen,cut,switch" },
    rate: { type: "string", default: "8" },
    asynchronous: { type: "boolean", default: false },
  },
});
const [kills, rate] = [whole(values.kills, "kills", 100), whole(values.rate, "rate", 50)];
for (const way of values.ways.split(","))
  if (!["kill", "frozen", "cut", "switch", "behind"].includes(way))
    giveUp("--ways is a list of kill, frozen, cut, switch, behind.");

await ensureTools();
await bundle(["e2e/support/cluster/programs.ts"]);
const { missingPrograms } = await import(`${root}/.sallyport/programs.mjs`);
const missing = missingPrograms();
if (missing.length > 0) {
  say(`Skipped: no cluster without ${missing.join(", ")} ("apt-get install ${missing.join(" ")}").`);
  process.exit(0);
}
await ensureBuilt();
await ensureBundled(["lib/serve/serve.ts"]);
say(
  `Losing ${kills} leaders (${values.ways}), ${values.asynchronous ? "asynchronous" : "synchronous"}, under ${rate} logins a second…`,
);
const story = ["test", "--config=e2e/playwright.config.ts", "--reporter=list", "--workers=1", "--project=cluster"];
const { code } = await nodeProgram("@playwright/test/cli.js", story, {
  quiet: false,
  env: {
    CLUSTER_KILLS: `${kills}`,
    CLUSTER_WAYS: values.ways,
    CLUSTER_RATE: `${rate}`,
    CLUSTER_ASYNCHRONOUS: values.asynchronous ? "1" : "",
  },
});
process.exit(code ?? 1);

function whole(text, name, most) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most) giveUp(`--${name} is a number from 1 to ${most}.`);
  return number;
}
