import "./check-node.mjs";

const { prepareBase } = await import("./image/base.mjs");
const { missingTools, openWorkshop } = await import("./image/workshop.mjs");
const { trials } = await import("./image/trials.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { say } = await import("./say.mjs");

/**
 * `npm run image`: builds both images of the Dockerfile with Debian's buildah, without a registry (the base is made here, of this system's packages and this Node),
 * runs them as docs/container.md says, read-only, without capabilities and as their own account, and says what came of it: sizes, how long a stop takes, what was
 * lost. Exits 1 when one trial fails; where a program is missing it is one line and counted as skipped.
 */
const missing = missingTools();
if (missing.length > 0) {
  say(`Skipped for want of ${missing.join(", ")}: the image was neither built nor run.`);
  say("0 passed, 0 failed, 1 skipped");
  process.exit(0);
}

await ensureTools();
const workshop = await openWorkshop();
const counts = { passed: 0, failed: 0 };
try {
  await prepareBase(workshop);
  for (const { name, work } of trials) await tried(name, work);
} finally {
  await workshop.close();
}
say(`${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
process.exit(counts.failed === 0 ? 0 : 1);

async function tried(name, work) {
  const begun = performance.now();
  try {
    const told = await work(workshop);
    counts.passed += 1;
    say(`ok   ${name}${told ? `: ${told}` : ""} (${((performance.now() - begun) / 1000).toFixed(0)} s)`);
  } catch (fault) {
    counts.failed += 1;
    say(`FAIL ${name}: ${fault.message}`);
  }
}
