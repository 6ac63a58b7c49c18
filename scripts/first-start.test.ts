import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), "checkout-"));
  await cp(join(process.cwd(), "scripts"), join(checkout, "scripts"), { recursive: true });
});

afterEach(() => rm(checkout, { recursive: true }));

/** Runs one expression over one of the scripts in the checkout, with nothing in its environment but `env`. */
function call(script: string, expression: string, env: Record<string, string> = {}): SpawnSyncReturns<string> {
  const source = `import * as it from "./scripts/${script}"; ${expression}`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", source], {
    cwd: checkout,
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
    encoding: "utf8",
  });
}

const ensure = (env: Record<string, string> = {}) => call("fresh-secrets.mjs", "await it.ensureEnvFile()", env);
const envFile = () => readFile(join(checkout, ".env"), "utf8");

test("the first start writes fresh secrets that only the owner can read, the second leaves them alone", async () => {
  expect(ensure().stdout).toContain("Writing .env with fresh secrets…");
  const text = await envFile();
  expect((await stat(join(checkout, ".env"))).mode & 0o777).toBe(0o600);
  const { PORTAL_KEYS = "", AUTH_SECRET = "", ...others } = parseEnv(text);
  expect(PORTAL_KEYS).toMatch(/^k1:[A-Za-z0-9+/]{43}=$/);
  expect(Buffer.from(AUTH_SECRET, "base64")).toHaveLength(32);
  expect(others).toEqual({}); // the key of the builds is everybody's
  expect(ensure().stdout).toBe("");
  expect(await envFile()).toBe(text);
});

test("an operator's own .env is completed, not replaced", async () => {
  await writeFile(join(checkout, ".env"), "PORT=4000\nAUTH_SECRET=mine");
  expect(ensure().status).toBe(0);
  const values = parseEnv(await envFile());
  expect(values).toMatchObject({ PORT: "4000", AUTH_SECRET: "mine" });
  expect(values.PORTAL_KEYS).toMatch(/^k1:/);
});

test.each(["postgres/cluster", "postgres.location"])(
  "with accounts in %s but no keys, the start is refused",
  async (path) => {
    await mkdir(join(checkout, "data", path), { recursive: true });
    const { status, stderr } = ensure();
    expect(status).toBe(1);
    expect(stderr).toContain("new keys could not open what is stored");
    await expect(envFile()).rejects.toThrow("ENOENT");
    expect(ensure({ PORTAL_KEYS: "k1:from-elsewhere" }).status).toBe(0);
  },
);

test("secrets that come as files are not written again", async () => {
  const files = { PORTAL_KEYS_FILE: "/k", AUTH_SECRET_FILE: "/a", NEXT_SERVER_ACTIONS_ENCRYPTION_KEY_FILE: "/n" };
  expect(ensure(files).status).toBe(0);
  await expect(envFile()).rejects.toThrow("ENOENT");
});

test("an .env that others could read is closed, and the environment wins over it", async () => {
  await writeFile(join(checkout, ".env"), "PORT=4000\nHOST=::1\n", { mode: 0o644 });
  const { stdout, stderr } = call("env-file.mjs", "it.loadEnvFile(); console.log(process.env.PORT, process.env.HOST)", {
    PORT: "5000",
  });
  expect(stderr).toContain("now only its owner can");
  expect(stdout).toContain("5000 ::1");
  expect((await stat(join(checkout, ".env"))).mode & 0o777).toBe(0o600);
});

/** A start whose portal answers. */
const holding =
  'import { noteRunning, takeFolder } from "./scripts/start-lock.mjs"; await takeFolder(); noteRunning("http://here"); console.log("held"); setInterval(() => {}, 1000);';

test("a second start is told who holds the folder; a holder that was killed does not count", async () => {
  const holder = spawn(process.execPath, ["--input-type=module", "-e", holding], { cwd: checkout });
  const ended = new Promise((resolve) => holder.once("close", resolve));
  await new Promise((resolve) => holder.stdout.once("data", resolve));
  const ask = () => call("start-lock.mjs", "console.log(JSON.stringify(await it.takeFolder()))").stdout.trim();
  expect(JSON.parse(ask())).toMatchObject({ pid: holder.pid, address: "http://here" });
  holder.kill("SIGKILL");
  await ended;
  expect(ask()).toBe("null");
});

/** Its own list of processes, as a container has one; only root makes one, on Linux. */
const apart = ["unshare", "--pid", "--fork", "--mount-proc"];
const canBeApart = spawnSync(apart[0] ?? "", [...apart.slice(1), "true"]).status === 0;

test.runIf(canBeApart)("a start in another container of this machine is told too", async () => {
  const holder = spawn(process.execPath, ["--input-type=module", "-e", holding], { cwd: checkout });
  await new Promise((resolve) => holder.stdout.once("data", resolve));
  const ask = `console.log(JSON.stringify(await (await import("./scripts/start-lock.mjs")).takeFolder()))`;
  const args = [...apart.slice(1), process.execPath, "--input-type=module", "-e", ask];
  const { stdout } = spawnSync(apart[0] ?? "", args, { cwd: checkout, encoding: "utf8" });
  expect(JSON.parse(stdout)).toMatchObject({ address: "http://here" });
  holder.kill("SIGKILL");
});

test("of eight starts at once in a folder with a dead holder's lock, one gets it", async () => {
  const dead =
    'import { takeFolder } from "./scripts/start-lock.mjs"; await takeFolder(); process.kill(process.pid, "SIGKILL");';
  spawnSync(process.execPath, ["--input-type=module", "-e", dead], { cwd: checkout });
  expect(await readdir(join(checkout, ".sallyport", "lock"))).toHaveLength(1);
  const source =
    'import { takeFolder } from "./scripts/start-lock.mjs"; console.log((await takeFolder()) === null ? "mine" : "taken"); setInterval(() => {}, 1000);';
  const starts = Array.from({ length: 8 }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", source], { cwd: checkout }),
  );
  const words = starts.map(
    ({ stdout }) => new Promise<string>((resolve) => stdout.once("data", (piece) => resolve(String(piece).trim()))),
  );
  expect((await Promise.all(words)).filter((word) => word === "mine")).toHaveLength(1);
  for (const child of starts) child.kill("SIGKILL");
});
