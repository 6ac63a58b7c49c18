import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { layOutCommit } from "../bench/trees.mjs";
import { root, run } from "../run-step.mjs";
import { giveUp } from "../say.mjs";

/**
 * The versions before one room wrote each table: the one before any table moved, whose rows are kept for `npm test`, and the last one before the rule. `upTo`: its newest migration, by the name that it has since
 * all were counted without a gap, which was before anybody ran them.
 */
export const versionsBefore = [
  { commit: "3ec15787aa", upTo: "0007_noted_refusals" },
  { commit: "6cde540eb8", upTo: "0009_devices" },
];

/** What the second of them had moved elsewhere. */
const moved = {
  "lib/setup/accept-invitation": "lib/account/accept-invitation",
  "lib/setup/invite-person": "lib/operator/invite-person",
};

const cheap = 'import "@/lib/testing/histories/cheap-hashing";\n';

/** That version's own way to fill a database, out of its own code; `isCheap`: with hashes of the least work. Out: `fill(url)`. */
export async function fillerOf(commit, { isCheap = false } = {}) {
  const folder = await layOutCommit(commit);
  const source = Object.entries(moved).reduce(
    (text, [here, there]) =>
      existsSync(join(folder, `${here}.ts`)) ? text : text.replace(`@/${here}"`, `@/${there}"`),
    readFileSync(join(root, "scripts", "versions", "fill-before.mjs"), "utf8"),
  );
  writeFileSync(join(folder, "lib", "testing", "fill-before.ts"), isCheap ? cheap + source : source);
  const prepared = `import(${JSON.stringify(pathToFileURL(join(folder, "scripts", "prepare.mjs")).href)}).then((one) => one.ensureTools())`;
  for (const words of [
    ["-e", prepared],
    [join(folder, "scripts", "bundle.mjs"), "lib/testing/fill-before.ts"],
  ]) {
    const { code, output } = await run(process.execPath, words, { cwd: folder });
    if (code !== 0) giveUp(output);
  }
  return (await import(pathToFileURL(join(folder, ".sallyport", "fill-before.mjs")).href)).fill;
}
