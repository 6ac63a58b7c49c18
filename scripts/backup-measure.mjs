import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import "./check-node.mjs";

const { ensureBundled, ensureTools } = await import("./prepare.mjs");
const { nightProgram } = await import("./night-program.mjs");
const { root } = await import("./run-step.mjs");
const { giveUp, say } = await import("./say.mjs");

/**
 * `npm run backup:measure [-- --events 1000000] [-- --other URL]`: a backup of so many events as the portal's schedule starts it, and by the typed command, read back and restored into an empty database
 * of the same server by typed commands, and of another one (an empty database of another major version, say). Says seconds, sizes and the most memory that each command
 * held. Exits 1 when a table does not come back as it was, when a backup of a million events takes more than ten seconds, or when a command held more than 100 MiB.
 */
const { values } = parseArgs({
  options: { events: { type: "string", default: "1000000" }, other: { type: "string" } },
});
const events = Number(values.events);
if (!Number.isInteger(events) || events < 1) giveUp("Give a whole number of events.");

await ensureTools();
await ensureBundled(["lib/testing/test-database.ts", "lib/cli/portal-night.ts"]);
const { default: pg } = await import("pg");
const { startTestServer, testDatabase } = await import("../.sallyport/test-database.mjs");
const server = await startTestServer(root);
const fill = `INSERT INTO security_events (at, name, result, subject_id, request_id, ip, agent, meta)
  SELECT '2030-01-01'::timestamptz + make_interval(secs => n), 'login.password_accepted', 'ok', md5((n % 5000)::text), md5(n::text), '192.0.2.' || n % 250,
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0', jsonb_build_object('challenge', md5((n * 7)::text), 'lane', 'trusted')
  FROM generate_series(1, ${events}) n`;
const sum = `SELECT count(*), sum(hashtextextended(e::text, 0)) AS sum FROM security_events e WHERE name <> 'portal.restored'`;

/** What `npm run portal -- …` starts: a typed command has these flags and no others. */
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const typedLine = scripts.portal.split(" ");
const typedProgram = typedLine.slice(typedLine.indexOf("node") + 1);

const limits = { secondsOfMillion: 10, most: 100 };
/** What was over a limit, in words. */
const over = [];
const inWords = (what, { seconds, most }) => `${what}: ${seconds.toFixed(1)} s, at most ${most.toFixed(0)} MiB`;

const folder = mkdtempSync(join(tmpdir(), "measure-"));
const keys = {
  PORTAL_KEYS: `k1:${randomBytes(32).toString("base64")}`,
  AUTH_SECRET: randomBytes(32).toString("base64"),
};
try {
  process.exitCode = (await measure()) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
  await server.stop();
}

async function measure() {
  const [from, into] = [await testDatabase(), await testDatabase()];
  say(`Filling ${events} events…`);
  await ask(from.url, fill);
  const file = join(folder, "one.backup");
  for (const [what, program, to] of [
    ["backup of the schedule", nightProgram, join(folder, "night.backup")],
    ["backup", typedProgram, file],
  ])
    say(inWords(what, judged(what, await timed(from.url, program, "backup", to), limits.secondsOfMillion)));
  say(`     ${(statSync(file).size / 2 ** 20).toFixed(1)} MiB`);
  const typed = async (url, what, ...words) =>
    say(inWords(what, judged(what, await timed(url, typedProgram, ...words))));
  await typed(from.url, "backup verify", "backup", "verify", file);
  const places = [into.url, ...(values.other === undefined ? [] : [values.other])];
  const before = await ask(from.url, sum);
  let isSame = true;
  for (const url of places) {
    await typed(url, "restore", "restore", file);
    const after = await ask(url, sum);
    const [version] = await ask(url, "SHOW server_version");
    const same = JSON.stringify(after) === JSON.stringify(before);
    say(`     into PostgreSQL ${version.server_version}: ${same ? "every event as it was" : "NOT as it was"}`);
    isSame &&= same;
  }
  for (const what of over) say(`Over its limit: ${what}`);
  return isSame && over.length === 0;
}

/** `perMillion`: seconds, for so many events or fewer. */
function judged(what, took, perMillion = Number.POSITIVE_INFINITY) {
  const allowed = perMillion * Math.max(1, events / 1_000_000);
  if (took.seconds > allowed) over.push(`${what} took ${took.seconds.toFixed(1)} s, and ${allowed} s are allowed.`);
  if (took.most > limits.most) over.push(`${what} held ${took.most.toFixed(0)} MiB, and ${limits.most} are allowed.`);
  return took;
}

async function ask(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SET TimeZone = 'UTC'");
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Runs one command by a program's flags and file in a process of its own. Out: seconds, and the most memory that it held in MiB (Linux tells it while it runs). */
function timed(url, program, ...words) {
  const begun = performance.now();
  const env = { ...process.env, ...keys, DATABASE_URL: url, NODE_ENV: "production" };
  const child = spawn(process.execPath, [...program, ...words], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.resume();
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, memoryOf(child.pid));
  }, 50);
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => {
      clearInterval(looking);
      if (code !== 0) reject(new Error(`${words.join(" ")} ended with ${code}.`));
      else resolve({ seconds: (performance.now() - begun) / 1000, most });
    });
  });
}

function memoryOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it has just ended, or this is no Linux
  }
}
