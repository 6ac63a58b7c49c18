import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundled } from "../bundle.mjs";
import { findOrInstallBrowser, howToGetOne } from "../find-browser.mjs";
import { findOrInstallServers } from "../find-servers.mjs";
import { checkFolder, checkName } from "../grounds.mjs";
import { ensureInstalled } from "../packages.mjs";
import { ensureBuilt, ensureBundled, ensureGenerated, needsBuild } from "../prepare.mjs";
import { told } from "../refusal.mjs";
import { nodeProgram, root, run } from "../run-step.mjs";
import { say } from "../say.mjs";
import { takeFolder } from "../start-lock.mjs";

/** What the test runners leave for the closing line. */
const reports = { unit: ".sallyport/unit.json", browser: ".sallyport/browser.json" };
/** Skipped: what this machine lacks a program for. */
const counts = { passed: 0, failed: 0, skipped: 0 };

/** A step that returns false, or a sentence that says why, ends the run. */
const steps = [
  // what is only downloaded comes beside something else: servers beside the packages, a browser beside the checks
  ["Packages, and the servers that some tests need", () => allAtOnce({ ensureInstalled, findOrInstallServers })],
  [
    "Format and lint, database client, types of the routes",
    () => allAtOnce({ format, ensureGenerated, typesOfRoutes }),
  ],
  [
    "Types, bundles, migrations and stories, and a browser",
    () => allAtOnce({ types, bundlesAndMigrations, storiesAreRead, lookForBrowser }),
  ],
  ["Unit tests", () => unitTests()],
  ["Pages", () => pages()],
  ["Browser tests", () => browserTests()],
];

async function test() {
  process.chdir(root);
  checkName();
  checkFolder();
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  const start = performance.now();
  const failed = await firstFailure();
  say(`\nThe whole run took ${seconds(start)}.`);
  if (failed !== null) say(failed);
  say(`${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ""}`);
  process.exit(failed === null && counts.failed === 0 ? 0 : 1);
}

async function firstFailure() {
  for (const [name, work] of steps) {
    say(`\n— ${name}`);
    const start = performance.now();
    const outcome = await work();
    const isWell = outcome !== false && typeof outcome !== "string";
    say(`— ${name}: ${isWell ? "done" : "failed"} after ${seconds(start)}`);
    if (!isWell) return outcome === false ? `Stopped at: ${name}.` : outcome;
  }
  return null;
}

const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

async function succeeds(program, args, options = {}) {
  const { code } = await nodeProgram(program, args, { quiet: false, ...options });
  return code === 0;
}

/**
 * Each of them keeps one core busy for most of its time, or waits for the network. All are waited for, so that none goes on behind a run that has ended; the first
 * that is not well is named, with its sentence where it has one, and one that was thrown is thrown again.
 */
async function allAtOnce(works) {
  const outcomes = await Promise.allSettled(Object.values(works).map((work) => work()));
  for (const [index, { reason, value }] of outcomes.entries()) {
    if (reason !== undefined) throw reason;
    if (value === false) return `Stopped at: ${inWords(Object.keys(works)[index])}.`;
    if (typeof value === "string") return value;
  }
  return undefined;
}

/** "bundlesAndMigrations" → "bundles and migrations". */
const inWords = (name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const format = () => succeeds("@biomejs/biome/bin/biome", ["check"]);
const typesOfRoutes = () => succeeds("next/dist/bin/next", ["typegen"]);
const types = () => succeeds("typescript/bin/tsc", ["--noEmit"]);

async function bundlesAndMigrations() {
  await ensureBundled(bundled);
  return migrationsGiveSchema();
}

/** Translates the browser stories once, so that they begin with both cores: Playwright keeps what it has translated. */
async function storiesAreRead() {
  const args = ["test", "--config=e2e/playwright.config.ts", "--list"];
  const { code, output } = await nodeProgram("@playwright/test/cli.js", args);
  if (code !== 0) say(output);
  return code === 0;
}

async function migrationsGiveSchema() {
  const { code } = await run(process.execPath, ["scripts/draft.mjs", "--check"], { quiet: false });
  return code === 0;
}

async function unitTests() {
  forget(reports.unit);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reports.unit}`];
  const isWell = await succeeds("vitest/vitest.mjs", ["run", ...reporters]);
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = report(reports.unit);
  return count(isWell, numPassedTests, numFailedTests, numPendingTests);
}

/** A portal that runs from this folder must not have its pages exchanged under it. */
async function pages() {
  if (!needsBuild()) return undefined;
  if ((await takeFolder()) !== null)
    return "The portal runs from this folder. Stop it first, or run the tests in another clone.";
  return ensureBuilt();
}

/** Where the browser is, once it was looked for; null where there is none and none could be had. */
let browser = null;

async function lookForBrowser() {
  browser = await findOrInstallBrowser();
}

async function browserTests() {
  if (browser === null) return howToGetOne;
  forget(reports.browser);
  const env = { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: join(root, reports.browser) };
  const args = ["test", "--config=e2e/playwright.config.ts", "--reporter=list,json"];
  const isWell = await succeeds("@playwright/test/cli.js", args, { env });
  const { suites = [], stats = {} } = report(reports.browser);
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = stats;
  for (const reason of suites.flatMap(reasonsIn)) say(`Skipped: ${reason}`);
  return count(isWell, expected + flaky, unexpected, skipped);
}

/** What was not told, with its reason: mostly a browser that is not on this machine. */
function reasonsIn({ suites = [], specs = [] }) {
  const left = specs.filter(({ tests }) => tests.some(({ status }) => status === "skipped"));
  const lines = left.map(({ title, tests }) => {
    const why = tests.flatMap(({ annotations }) => annotations).find(({ type }) => type === "skip");
    return `${title}: ${why?.description ?? "no reason given"}`;
  });
  return [...lines, ...suites.flatMap(reasonsIn)];
}

/** A run without a single test has not shown anything. */
function count(isWell, passed, failed, skipped) {
  counts.passed += passed;
  counts.failed += failed;
  counts.skipped += skipped;
  return isWell && passed > 0 && failed === 0;
}

function forget(path) {
  mkdirSync(join(root, ".sallyport"), { recursive: true });
  rmSync(join(root, path), { force: true });
}

function report(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8"));
  } catch {
    return {}; // the runner ended before it could write one; its exit code says so
  }
}

await told(test);
