import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import "./check-node.mjs";

const { bundle } = await import("./bundle.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");
const { giveUp, say } = await import("./say.mjs");
const { fillerOf, versionsBefore } = await import("./versions/before-renovation.mjs");

/**
 * `npm run older:house [-- --keep]`: the versions before tables were parted among rooms each fill a database by their own use-cases; today's migrations are applied, and everybody logs in by today's. Exits 1 when
 * a row is lost or somebody hears what they should not. `--keep` only has the first of them fill one, with hashes of the least work, and writes it for `npm test` (`lib/testing/older/house.json`).
 */
const { values } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
const kept = join("lib", "testing", "older", "house.json");

await ensureTools();
await bundle(["lib/testing/throw-away-server.ts", "lib/testing/older/run-older.ts", "lib/testing/older/expected.ts"]);
const ours = (name) => import(join(root, ".sallyport", `${name}.mjs`));
const { startThrowAwayServer } = await ours("throw-away-server");
const { fillOlder, moveToday } = await ours("run-older");
const { lostIn, wrongIn } = await ours("expected");

const server = await startThrowAwayServer(root);
const wrong = [];
try {
  for (const version of values.keep ? versionsBefore.slice(0, 1) : versionsBefore) {
    const fill = await fillerOf(version.commit, { isCheap: values.keep });
    const { url, older } = await fillOlder(root, server.urlOf("postgres"), version, fill);
    if (values.keep) {
      writeFileSync(kept, `${JSON.stringify(older).replaceAll("},{", "},\n{")}\n`); // a row, a line
      continue;
    }
    const { before, after, heard } = await moveToday(root, url, older.held);
    say(`${version.commit}, ${version.upTo}: ${told(before)}`);
    for (const [what, word] of Object.entries(heard)) say(`  ${what}: ${word}`);
    wrong.push(...lostIn(before, after), ...wrongIn(heard));
  }
} finally {
  await server.stop();
}
for (const line of wrong) say(`FAIL ${line}`);
if (wrong.length > 0) giveUp(`${wrong.length} things went wrong.`);
process.exit(0);

function told(counts) {
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `${rows} rows in ${Object.keys(counts).length} tables (${Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ")})`;
}
