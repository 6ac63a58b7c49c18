import { writeFileSync } from "node:fs";
import { median } from "./run-load.mjs";

const middle = (runs, read) => median(runs.map(read));
const rate = (runs) => middle(runs, (one) => one.perSecond);
const cpu = (runs) => middle(runs, (one) => one.cpu.portal + one.cpu.database);
const n = (value, digits = 1) => value.toFixed(digits);

/** Every figure beside what it is held against. `required` is the least, `goal` what we want. */
export function figures({ taken, memory, start, browser }) {
  const failures = [...taken.verify50, ...taken.api].reduce((sum, one) => sum + one.failed, 0);
  return [
    row(
      "TOTP verify by server action, 16 clients",
      `${n(rate(taken.verify))}/s`,
      `${n(rate(taken.blank))}/s blank action`,
      rate(taken.verify) / rate(taken.blank),
      0.15,
      0.22,
      "least",
    ),
    row(
      "CPU of one verify, portal and database",
      `${n(cpu(taken.verify))} ms`,
      `${n(cpu(taken.blank))} ms blank action`,
      cpu(taken.verify),
      10.4,
      7,
      "most",
    ),
    row(
      "TOTP verify through the JSON API, 16 clients",
      `${n(rate(taken.api))}/s, ${n(cpu(taken.api))} ms CPU`,
      `${n(rate(taken.verify))}/s by server action`,
      rate(taken.api) / rate(taken.verify),
      1.3,
      1.3,
      "least",
    ),
    row(
      "Errors with 50 clients",
      `${failures}`,
      `${n(rate(taken.verify50))}/s, p99 ${n(
        middle(taken.verify50, (one) => one.p99),
        0,
      )} ms`,
      failures,
      0,
      0,
      "most",
    ),
    row(
      "Password step, 16 clients",
      `${n(rate(taken.login))}/s`,
      `${n(rate(taken.argon2))}/s argon2id alone`,
      rate(taken.login) / rate(taken.argon2),
      0.49,
      0.8,
      "least",
    ),
    row(
      "Guarded page, 16 clients",
      `${n(rate(taken.guarded))}/s`,
      `${n(rate(taken.page))}/s blank dynamic page`,
      rate(taken.guarded) / rate(taken.page),
      0.63,
      0.8,
      "least",
    ),
    row(
      "First-load script, login",
      `${n(browser.login.kB)} kB gzip`,
      `${browser.login.scripts} files`,
      browser.login.kB,
      149,
      140,
      "most",
    ),
    row(
      "First-load script, challenge",
      `${n(browser.challenge.kB)} kB gzip`,
      `${browser.challenge.scripts} files`,
      browser.challenge.kB,
      149,
      140,
      "most",
    ),
    row("Portal process, idle", `${n(memory.idle)} MiB`, "after the start", memory.idle, 130, 110, "most"),
    row("Portal process, under load", `${n(memory.loaded)} MiB`, "after all rounds", memory.loaded, 341, 300, "most"),
    row(
      "Standalone start to first 200",
      `${n(start.median / 1000, 2)} s`,
      "database running",
      start.median / 1000,
      1.2,
      0.8,
      "most",
    ),
  ];
}

function row(what, measured, limit, value, required, goal, sense) {
  const reaches = (bound) => (sense === "least" ? value >= bound : value <= bound);
  return {
    what,
    measured,
    limit,
    value,
    required,
    goal,
    verdict: reaches(goal) ? "goal" : reaches(required) ? "required" : "missed",
  };
}

/** The table in Markdown; written to `file` with the machine described, unless that is null. */
export function writeTable(results, file) {
  const { machine, at, rounds, taken } = results;
  const lines = figures(results).map(
    ({ what, measured, limit, value, required, goal, verdict }) =>
      `| ${what} | ${measured} | ${limit} | ${n(value, 2)} | ${required} | ${goal} | ${verdict} |`,
  );
  const table = [
    "| figure | measured | its limit in the same run | value | required | goal | reached |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
  const details = ["blank", "verify", "api", "verify50", "login", "page", "guarded", "security"].map(
    (kind) =>
      `| ${kind} | ${n(rate(taken[kind]))} | ${n(
        middle(taken[kind], (one) => one.p50),
        0,
      )} | ${n(
        middle(taken[kind], (one) => one.p95),
        0,
      )} | ${n(
        middle(taken[kind], (one) => one.p99),
        0,
      )} | ${n(
        middle(taken[kind], (one) => one.cpu.portal),
        2,
      )} | ${n(
        middle(taken[kind], (one) => one.cpu.database),
        2,
      )} | ${taken[kind].reduce((sum, one) => sum + one.failed, 0)} |`,
  );
  const text = `# Benchmark

\`npm run bench -- --publish\` writes this page. Portal, PostgreSQL (built in, durable settings) and load generator share one machine, so the
figures are floors. Closed loop over loopback, ${rounds} round${rounds === 1 ? "" : "s"}, medians.

Machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Linux ${machine.kernel}, Node ${machine.node}. Measured ${at.slice(0, 10)}.

${table}

Where the time goes that a figure lacks: [where-the-time-goes.md](where-the-time-goes.md).

The limits: a *blank action* does nothing and answers the same way; *argon2id alone* is the hash (19 MiB, 2, 1) on all cores with nothing else running;
the *blank dynamic page* is the guarded page without its guard.

| load | answers/s | p50 ms | p95 ms | p99 ms | CPU portal ms | CPU database ms | failed |
| --- | --- | --- | --- | --- | --- | --- | --- |
${details.join("\n")}
`;
  if (file !== null) writeFileSync(file, text);
  return table;
}
