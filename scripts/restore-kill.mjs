import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "./check-node.mjs";

const { ensureBundled, ensureTools } = await import("./prepare.mjs");
const { root } = await import("./run-step.mjs");
const { say } = await import("./say.mjs");

/**
 * `npm run restore:kill`: `npm run portal -- restore` is killed with -9, with all that it started, at eleven moments from its first statement to its last one, each into a
 * database of its own. Ten leave an unused house, into which the same restore then brings everybody back; after the last word everybody is there. Exits 1 where it is not so.
 */
await ensureTools();
await ensureBundled(["lib/testing/test-database.ts", "lib/testing/killed-restores.ts", "lib/cli/portal-night.ts"]);
const { default: pg } = await import("pg");
const { startTestServer, testDatabase } = await import("../.sallyport/test-database.mjs");
const { killAt, moments } = await import("../.sallyport/killed-restores.mjs");
const people = 2_000;
const fill = `INSERT INTO users (id, email, is_admin, created_at) SELECT 'u' || n, 'u' || n || '@example.test', false, now() FROM generate_series(1, ${people}) n`;
const count = "SELECT count(*)::int AS people FROM users";
const folder = mkdtempSync(join(tmpdir(), "restore-kill-"));
const file = join(folder, "one.backup");
const keys = {
  PORTAL_KEYS: `k1:${randomBytes(32).toString("base64")}`,
  AUTH_SECRET: randomBytes(32).toString("base64"),
};
const server = await startTestServer(root);
try {
  process.exitCode = (await killThemAll()) === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
  await server.stop();
}

/** Out: how many were wrong. */
async function killThemAll() {
  const from = await testDatabase();
  await ask(from.url, fill);
  await whole(from.url, "backup", file);
  let wrong = 0;
  for (const moment of moments) {
    const { url } = await testDatabase();
    await killAt(url, moment, (through) => started(through, "restore", file));
    const [left] = await ask(url, count);
    if (left.people === 0) await whole(url, "restore", file);
    const [back] = await ask(url, count);
    const isRight = left.people === (moment.isOver ? people : 0) && back.people === people;
    say(`${isRight ? "ok  " : "FAIL"} killed ${moment.name}: ${left.people} people, then ${back.people}`);
    if (!isRight) wrong += 1;
  }
  return wrong;
}

/** As an operator types it; the whole family of processes is killed, as a machine that loses its power does it. */
function started(url, ...words) {
  const child = spawn("npm", ["run", "--silent", "portal", "--", ...words], {
    cwd: root,
    env: { ...process.env, ...keys, DATABASE_URL: url, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (piece) => {
      said += piece;
    });
  const kill = () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGKILL");
  };
  process.once("exit", kill);
  const ended = new Promise((resolve) =>
    child.once("close", () => {
      process.off("exit", kill);
      resolve(said);
    }),
  );
  return { child, ended, kill };
}

async function whole(url, ...words) {
  const { child, ended } = started(url, ...words);
  const said = await ended;
  if (child.exitCode !== 0) throw new Error(`${words.join(" ")} ended with ${child.exitCode}: ${said}`);
}

async function ask(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
