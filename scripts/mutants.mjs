import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import "./check-node.mjs";

const { mutants } = await import("../lib/testing/mutants/mutants.mjs");
const { copyHouse, withFault } = await import("./faulty-copy.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { root, run } = await import("./run-step.mjs");
const { say } = await import("./say.mjs");

/**
 * `npm run mutants [-- words of a name]`: builds known faults into a copy of the house, one at a time, and runs the test that must notice.
 * Exits 1 when a fault survives, when its text is no longer there, or when a named test is not green without the fault.
 */
const taken = ["app", "components", "lib", "prisma", "scripts", "package.json", "tsconfig.json", "vitest.config.ts"];
const asked = process.argv.slice(2).join(" ");
const chosen = mutants.filter(({ name }) => name.includes(asked));

await ensureTools();
const { copy, drop } = copyHouse(root, taken);
try {
  const whole = await testsOf(chosen);
  let noticed = 0;
  for (const mutant of chosen) {
    const verdict = whole.isGreen(mutant) ? await verdictOn(mutant) : "its test is not green without the fault";
    if (verdict === "noticed") noticed += 1;
    const named = mutant.only === "" ? mutant.test : `${mutant.test}, "${mutant.only}"`;
    say(`${verdict === "noticed" ? "ok " : "BAD"} ${mutant.name}: ${verdict} (${named})`);
  }
  say(`\n${noticed} of ${chosen.length} faults noticed.`);
  process.exitCode = chosen.length > 0 && noticed === chosen.length ? 0 : 1;
} finally {
  drop();
}

/** Builds the fault in and runs its test. */
function verdictOn(mutant) {
  return withFault(copy, mutant, async () => {
    const { isRed } = await testsOf([mutant]);
    return isRed(mutant) ? "noticed" : "SURVIVED";
  });
}

/** Runs the named tests of these mutants in the copy. A file that does not even load is neither red nor green. */
async function testsOf(these) {
  const pattern = these.every(({ only }) => only !== "")
    ? ["-t", these.map(({ only }) => escaped(only)).join("|")]
    : [];
  const report = join(copy, "report.json");
  rmSync(report, { force: true });
  const files = [...new Set(these.map(({ test }) => test))];
  const program = [
    "node_modules/vitest/vitest.mjs",
    "run",
    `--root=${copy}`,
    "--reporter=json",
    `--outputFile=${report}`,
    ...pattern,
    ...files,
  ];
  await run("sh", ["-c", 'cd "$1" && shift && exec "$@"', "sh", copy, process.execPath, ...program]);
  const results = JSON.parse(readFileSync(report, "utf8")).testResults;
  const outcomes = ({ test, only }) => {
    const file = results.find(({ name }) => name.endsWith(test));
    return (file?.assertionResults ?? [])
      .filter(({ fullName, status }) => fullName.includes(only) && status !== "skipped" && status !== "pending")
      .map(({ status }) => status);
  };
  return {
    isGreen: (mutant) => outcomes(mutant).length > 0 && outcomes(mutant).every((status) => status === "passed"),
    isRed: (mutant) => outcomes(mutant).includes("failed"),
  };
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
