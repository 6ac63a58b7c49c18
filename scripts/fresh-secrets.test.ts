import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { checkKeyring } from "@/lib/crypto/canary";
import { openDatabase } from "@/lib/db/client";
import { testDatabase } from "@/lib/testing/test-database";
import { setSettings } from "@/lib/testing/test-settings";

let scripts: string;
let checkout: string;

beforeAll(async () => {
  scripts = await mkdtemp(join(tmpdir(), "scripts-"));
  await cp(join(process.cwd(), "scripts"), scripts, { recursive: true });
});
afterAll(() => rm(scripts, { recursive: true }));

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), "checkout-"));
  await cp(scripts, join(checkout, "scripts"), { recursive: true });
  await symlink(join(process.cwd(), "node_modules"), join(checkout, "node_modules"));
});
afterEach(() => rm(checkout, { recursive: true }));

/** Makes and loads the secrets as every start does, then prints the one that the portal would use. */
function start(env: Record<string, string> = {}, name = "PORTAL_KEYS"): SpawnSyncReturns<string> {
  const source = `import { loadEnvFile } from "./scripts/env-file.mjs"; import { ensureEnvFile } from "./scripts/fresh-secrets.mjs";
    await ensureEnvFile(); loadEnvFile();
    console.log("USED " + process.env.${name});`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", source], {
    cwd: checkout,
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
    encoding: "utf8",
  });
}

const file = () => join(checkout, ".env");
const text = () => readFile(file(), "utf8");
const good = ["PORTAL_KEYS=k1:good", "AUTH_SECRET=good", "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=good", ""].join("\n");

test.each(["PORTAL_KEYS", "AUTH_SECRET", "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"])(
  "%s that is empty or blank in the environment leaves a good .env as it is, and the file's value is used",
  async (name) => {
    await writeFile(file(), good, { mode: 0o600 });
    await writeFile(join(checkout, "empty"), " \n");
    for (const env of [{ [name]: "" }, { [name]: " \t" }, { [`${name}_FILE`]: "" }, { [`${name}_FILE`]: "empty" }]) {
      const { status, stdout } = start(env, name);
      expect({ status, stdout: stdout.trim() }).toEqual({ status: 0, stdout: `USED ${parseEnv(good)[name]}` });
      expect(await text()).toBe(good);
    }
  },
);

test("a line that names a secret without a value is filled in where it stands, once", async () => {
  await writeFile(file(), "PORT=4000\nexport PORTAL_KEYS=\nAUTH_SECRET=''\n# the end\n", { mode: 0o600 });
  expect(start().status).toBe(0);
  const lines = (await text()).split("\n");
  expect(lines[1]).toMatch(/^PORTAL_KEYS=k1:[A-Za-z0-9+/]{43}=$/);
  expect(lines[2]).toMatch(/^AUTH_SECRET=[A-Za-z0-9+/]{43}=$/);
  expect(lines.filter((line) => line.includes("PORTAL_KEYS=") || line.includes("AUTH_SECRET="))).toHaveLength(2);
  const once = await text();
  expect(start().status).toBe(0);
  expect(await text()).toBe(once);
});

test("a .env that is a link stays one: the secrets are written where it leads", async () => {
  const place = join(checkout, "kept", "settings");
  await mkdir(join(checkout, "kept"));
  await writeFile(place, "PORT=4000\n", { mode: 0o600 });
  await symlink(place, file());
  expect(start().status).toBe(0);
  expect((await lstat(file())).isSymbolicLink()).toBe(true);
  expect(await readFile(place, "utf8")).toMatch(/^PORT=4000\n.*PORTAL_KEYS=k1:/s);
  expect(await readdir(join(checkout, "kept"))).toEqual(["settings"]);
});

test("where the draft of .env should lie, a link is removed, and a folder is told in one sentence", async () => {
  const [draft, elsewhere] = [join(checkout, ".env.new"), join(checkout, "elsewhere")];
  await symlink(elsewhere, draft);
  expect(start().status).toBe(0);
  expect((await lstat(file())).isFile()).toBe(true);
  await expect(lstat(elsewhere)).rejects.toThrow("ENOENT");
  await rm(file());
  await mkdir(draft);
  const source =
    'import { ensureEnvFile } from "./scripts/fresh-secrets.mjs"; import { told } from "./scripts/refusal.mjs"; await told(ensureEnvFile);';
  const end = spawnSync(process.execPath, ["--input-type=module", "-e", source], { cwd: checkout, encoding: "utf8" });
  expect(end.stderr.trim()).toMatch(/^\S+\.env\.new is not what should stand there .* Move it away and try again\.$/);
});

test.each([
  ["EBUSY", 0],
  ["EXDEV", 0],
  ["EIO", 1],
])("a .env that cannot be exchanged (%s) leaves no draft with secrets behind", async (code, status) => {
  await writeFile(file(), `PORT=4000\nPORTAL_KEYS=\n${"#\n".repeat(300)}`, { mode: 0o600 });
  const { ino } = await stat(file());
  const source = `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";
    fs.renameSync = () => { throw Object.assign(new Error("no exchange"), { code: "${code}" }); }; syncBuiltinESMExports();
    await (await import("./scripts/fresh-secrets.mjs")).ensureEnvFile();`;
  const end = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
    cwd: checkout,
    env: { PATH: process.env.PATH, NODE_ENV: "test" },
    encoding: "utf8",
  });
  expect(end.status, end.stderr).toBe(status);
  expect((await readdir(checkout)).filter((name) => name.startsWith(".env"))).toEqual([".env"]);
  expect((await stat(file())).ino).toBe(ino);
  expect(parseEnv(await text()).PORTAL_KEYS).toMatch(status === 0 ? /^k1:[A-Za-z0-9+/]{43}=$/ : /^$/);
});

test.each(["", "\nPORTAL_KEYS=\n", "\nPORTAL_KEYS= \nDATA_DIR=\n"])(
  "with accounts in the data folder, an .env of %j gets no keys",
  async (before) => {
    await mkdir(join(checkout, "data", "postgres", "cluster"), { recursive: true });
    await writeFile(file(), before, { mode: 0o600 });
    const { status, stderr } = start({ PORTAL_KEYS: "" });
    expect(status).toBe(1);
    expect(stderr).toContain("new keys could not open what is stored");
    expect(await text()).toBe(before);
  },
);

test("a database of one's own that was sealed with other keys gets no new ones; an empty one does", async () => {
  const { url, drop } = await testDatabase();
  try {
    expect(start({ DATABASE_URL: url }).status).toBe(0);
    await rm(file());
    const db = openDatabase(url, 1);
    setSettings();
    expect(await checkKeyring(db)).toBeNull();
    await db.$disconnect();
    await writeFile(join(checkout, "url"), `${url}\n`);
    const wrong = start({ DATABASE_URL: url.replace("postgres@", "") }); // no account: it would be this process's own
    expect({ ...wrong, stderr: wrong.stderr.trim() }).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(/^DATABASE_URL must name an account/),
    });
    const places: Record<string, string>[] = [{ DATABASE_URL: url }, { DATABASE_URL_FILE: "url" }];
    for (const env of places) {
      const { status, stderr } = start({ ...env, PORTAL_KEYS: "" });
      expect(status).toBe(1);
      expect(stderr).toMatch(/The database of DATABASE_URL holds accounts, but PORTAL_KEYS.* is missing/);
      await expect(text()).rejects.toThrow("ENOENT");
    }
  } finally {
    await drop();
  }
});
