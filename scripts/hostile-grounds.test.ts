import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, writeFileSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const isRoot = process.getuid?.() === 0;
/** An ordinary account, as a service has it: `nobody`, whose home is not there. */
const stranger = { uid: 65_534, gid: 65_534 };
let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), `grounds, "of" 'odd' names `)); // as people call their folders
  await cp(join(process.cwd(), "scripts"), join(checkout, "scripts"), { recursive: true });
  await cp(join(process.cwd(), "package-lock.json"), join(checkout, "package-lock.json"));
  await chmod(checkout, 0o755);
});
afterEach(() => rm(checkout, { recursive: true, force: true }));

/** The real start, with a port of its own and nothing of our environment; `npm` is whatever lies in the checkout's `bin`. */
function start(env: Record<string, string> = {}, who: { uid?: number; gid?: number } = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, ["scripts/start.mjs"], {
    cwd: checkout,
    env: { PATH: `${join(checkout, "bin")}:/usr/bin:/bin`, NODE_ENV: "test", PORT: "39417", ...env },
    encoding: "utf8",
    ...who,
  });
}

/** One sentence of ours on stderr, exit code 1, and neither a stack nor a step that takes long. */
function expectRefusal({ status, stdout, stderr }: SpawnSyncReturns<string>, sentence: RegExp, said = "") {
  expect(stderr).not.toMatch(/^\s+at |node:internal/m);
  expect({ status, stdout }).toEqual({ status: 1, stdout: said });
  expect(stderr.trim()).toMatch(sentence);
}

/** An `npm` that prints this and ends like that. */
async function npmThat(script: string) {
  await mkdir(join(checkout, "bin"));
  await writeFile(join(checkout, "bin", "npm"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function give(path: string, { uid, gid } = stranger) {
  chownSync(join(checkout, path), uid, gid);
}

describe.skipIf(!isRoot)("an ordinary account", () => {
  test("that may not write the folder", () => {
    expectRefusal(start({}, stranger), /^The account nobody may not use .*\.sallyport.*chown -R nobody/);
  });

  test.each(["data", ".sallyport", "node_modules", ".next"])("that finds %s made by root", async (name) => {
    give(".");
    await mkdir(join(checkout, name));
    expectRefusal(
      start({}, stranger),
      new RegExp(`^The account nobody may not (?:use|write) ${checkout}/${name}.*chown`),
    );
  });

  test("whose .env belongs to somebody else", async () => {
    give(".");
    await writeFile(join(checkout, ".env"), "PORT=4000\n", { mode: 0o600 });
    expectRefusal(start({}, stranger), /^The account nobody may not read .*\.env/);
  });

  test("whose data was made by root", async () => {
    give(".");
    await mkdir(join(checkout, "data"));
    give("data");
    await writeFile(join(checkout, "data", "postgres.location"), "/var/lib/sallyport/x\n");
    expectRefusal(start({}, stranger), /was made by root.*Start as root again\.$/);
  });

  test("without a home gives npm a cache in the folder", async () => {
    give(".");
    await npmThat('echo "cache: $npm_config_cache"; exit 1');
    const { stderr } = start({ HOME: "/nonexistent", npm_config_cache: "/nonexistent/.npm" }, stranger);
    expect(stderr).toContain(`cache: ${join(checkout, ".sallyport", "npm-cache")}\n`);
  });
});

test.skipIf(!isRoot)("root is told whose database this is", async () => {
  await mkdir(join(checkout, "data", "postgres"), { recursive: true });
  give("data/postgres");
  expectRefusal(start(), /belongs to the account number 65534.*Start as that account/);
});

test("an .env that is a folder", async () => {
  await mkdir(join(checkout, ".env"));
  expectRefusal(start(), /\.env is not a file but a folder\./);
});

test.each(["a #1", "why?", "two\nlines"])("a folder called %j", async (name) => {
  await mkdir(join(checkout, name));
  await cp(join(checkout, "scripts"), join(checkout, name, "scripts"), { recursive: true });
  const program = join(checkout, name, "scripts", "start.mjs");
  const end = spawnSync(process.execPath, [program], { env: { NODE_ENV: "test" }, encoding: "utf8" });
  expectRefusal(end, /^The path of this folder, ".*", holds ".*", which the tools that build the pages cannot read\./);
});

test("a DATA_DIR that is a file", async () => {
  await writeFile(join(checkout, "data"), "");
  expectRefusal(start(), /^DATA_DIR, .*data, is not a folder\./);
});

test("a port that is taken, an address that is not here", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const address = other.address();
  const port = address !== null && typeof address === "object" ? String(address.port) : "";
  expectRefusal(start({ PORT: port }), /^Port \d+ is in use by another program\. Set PORT to another one\.$/);
  await writeFile(join(checkout, ".env"), `HEALTH_PORT=${port}\n`, { mode: 0o600 });
  expectRefusal(start(), /^Port \d+ is in use by another program\. Set HEALTH_PORT to another one\.$/);
  expectRefusal(
    start({ HOST: "192.0.2.1", HEALTH_PORT: "39418" }),
    /^HOST 192\.0\.2\.1 is no address of this machine\.$/,
  );
  expectRefusal(
    start({ PORT: "39417", HEALTH_HOST: "192.0.2.1", HEALTH_PORT: "39418" }),
    /^HEALTH_HOST 192\.0\.2\.1 is no address of this machine\.$/,
  );
  other.close();
});

test.each([
  ["kill -9 $$", /Memory ran out.*about 1\.3 GB/],
  ["exit 137", /Memory ran out/],
  [
    "echo 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'; exit 134",
    /Memory ran out/,
  ],
  ["echo 'npm error code ENOSPC'; exit 228", /The disk is full/],
  [
    "printf 'npm error code EACCES\\nnpm error path /srv/x/node_modules\\n'; exit 243",
    /may not write \/srv\/x\/node_modules\. Start as/,
  ],
  ["echo 'npm error code ENOTFOUND'; exit 1", /registry cannot be reached/],
  ["echo 'npm error code E404'; exit 1", /registry was reached and refused/],
  ["echo 'npm error code SELF_SIGNED_CERT_IN_CHAIN'; exit 1", /NODE_EXTRA_CA_CERTS/],
  ["echo 'npm error code EINTEGRITY'; exit 1", /not the one that package-lock\.json names/],
  ["echo 'something else'; exit 1", /Look at the lines above\.$/],
])("an npm that ends by %j is told as what it is", async (script, sentence) => {
  await npmThat(script);
  const end = start();
  expectRefusal(end, sentence, "Installing packages (about 30 seconds)…\n");
  if (!String(sentence).includes("reached")) expect(end.stderr).not.toContain("registry cannot");
});

test("pages whose build is killed are told as memory", async () => {
  await mkdir(join(checkout, "node_modules", "next", "dist", "bin"), { recursive: true });
  await writeFile(join(checkout, "node_modules/next/dist/bin/next"), 'process.kill(process.pid, "SIGKILL");');
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", 'await (await import("./scripts/prepare.mjs")).ensureBuilt();'],
    { cwd: checkout, encoding: "utf8" },
  );
  expect(status).toBe(1);
  expect(stderr).toMatch(/Memory ran out.*Building needs about 1\.3 GB/);
});

/** A portal as another start sees it: somebody who holds the folder and has noted an address. */
async function holder(mark: string, shell = false) {
  const source = `import { noteRunning, takeFolder } from "./scripts/start-lock.mjs"; import { houseMark } from "./scripts/prepare.mjs";
    await takeFolder(); noteRunning("http://here", ${mark}); console.log(process.pid); setInterval(() => {}, 1000);`;
  writeFileSync(join(checkout, "holder.mjs"), source);
  const program = shell
    ? ["/bin/sh", "-c", `"${process.execPath}" holder.mjs & exec sleep 60`]
    : [process.execPath, "holder.mjs"];
  const child = spawn(program[0] ?? "", program.slice(1), { cwd: checkout });
  const pid = Number(await new Promise((resolve) => child.stdout.once("data", (piece) => resolve(String(piece)))));
  return { child, pid };
}

test("a start beside a running portal names it and ends with 1, and says when older code runs", async () => {
  const { child } = await holder("houseMark()");
  expectRefusal(start(), /^Sallyport is already running here: http:\/\/here$/);
  await mkdir(join(checkout, "app"));
  await writeFile(join(checkout, "app", "page.tsx"), "// pulled since");
  expectRefusal(
    start(),
    /^Sallyport is already running here: http:\/\/here\nIt runs older code.*kill -TERM \d+.*systemctl restart/,
  );
  child.kill("SIGKILL");
});

test.runIf(process.platform === "linux")(
  "a portal that was killed and that nobody waited for does not run",
  async () => {
    const { child, pid } = await holder("houseMark()", true);
    process.kill(pid, "SIGKILL");
    for (;;) if (/\) Z /.test(await readFile(`/proc/${pid}/stat`, "utf8"))) break;
    await npmThat("exit 1");
    expectRefusal(start(), /Look at the lines above/, "Installing packages (about 30 seconds)…\n");
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    child.kill("SIGKILL");
  },
);

test("packages are not exchanged under a running portal", async () => {
  const { child } = await holder("houseMark()");
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", 'await (await import("./scripts/packages.mjs")).ensureInstalled();'],
    { cwd: checkout, encoding: "utf8" },
  );
  expect(status).toBe(1);
  expect(stderr).toContain("its packages would be exchanged under it. Stop it first");
  child.kill("SIGKILL");
});
