import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { chmod as chmodTo, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let checkout: string;
const file = () => join(checkout, ".env");
const keys = `k1:${Buffer.alloc(32, "0123456789abcdef").toString("base64")}`;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), "env-file-"));
  await cp(join(process.cwd(), "scripts"), join(checkout, "scripts"), { recursive: true });
});

afterEach(() => rm(checkout, { recursive: true }));

/** Loads `.env` as every command does, then prints these keys. */
function load(names: readonly string[], env: Record<string, string> = {}): SpawnSyncReturns<string> {
  const source = `import * as it from "./scripts/env-file.mjs"; it.loadEnvFile();
    console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => process.env[name] ?? null)), it.buildKey());`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", source], {
    cwd: checkout,
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
    encoding: "utf8",
  });
}

/** What a command that only looks notes before it begins, and whether it could read the settings. */
function noted(): { sentences: string[]; isEnvRead: boolean } {
  const source = `import * as it from "./scripts/note-ground.mjs"; console.log(JSON.stringify(await it.noteGround()));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
    cwd: checkout,
    env: { PATH: process.env.PATH, NODE_ENV: "test", DATABASE_URL: "postgresql://a@127.0.0.1:2/a" },
    encoding: "utf8",
  });
  return JSON.parse(stdout);
}

test("a command that only looks notes what others are refused for, and reads what can be read", async () => {
  await writeFile(file(), "PORT=4000\nno line\nPROTAL_KEYS=x\nDATA_DIR=scripts/say.mjs\n", { mode: 0o600 });
  const { sentences, isEnvRead } = noted();
  expect(isEnvRead).toBe(true);
  expect(sentences).toEqual([
    expect.stringMatching(/^\.env cannot be read:\n {2}- line 2/),
    expect.stringMatching(/Did you mean PORTAL_KEYS/),
    expect.stringMatching(/DATA_DIR, .*say\.mjs, is not a folder/),
  ]);
  await rm(file());
  await mkdir(file());
  expect(noted()).toEqual({ sentences: [expect.stringContaining("is not a file but a folder")], isEnvRead: false });
});

test("a file from Windows gives the keys that it holds, and none is written anew beside data", async () => {
  await writeFile(file(), `\uFEFFPORTAL_KEYS=${keys}  \r\nBRAND_NAME=C# Club\r\nBRAND_ACCENT=#1d5b79`, { mode: 0o600 });
  const { stdout, stderr } = load(["PORTAL_KEYS", "BRAND_NAME", "BRAND_ACCENT"]);
  expect(JSON.parse(stdout)).toEqual([keys, "C# Club", "#1d5b79"]);
  expect(stderr).toBe("");
});

test.each([
  ["UTF-16", Buffer.from(`\uFEFFPORTAL_KEYS=${keys}`, "utf16le"), ".env is not saved as UTF-8"],
  ["another alphabet", Buffer.from("BRAND_NAME=Café", "latin1"), ".env holds letters that are not UTF-8"],
  ["a line that is none", Buffer.from("PORT=4000\nPORTAL_KEYS k1"), "  - line 2 is not understood."],
])("%s is told in a sentence, before anything is written", async (_, bytes, sentence) => {
  await writeFile(file(), bytes, { mode: 0o600 });
  const { status, stdout, stderr } = load([]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain(sentence);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(await readFile(file())).toEqual(bytes);
});

test("what may surprise is said once, on stderr", async () => {
  await writeFile(file(), "PORT=4000\nPORT=5000\n", { mode: 0o600 });
  const { stdout, stderr } = load(["PORT"]);
  expect(stdout).toContain('["5000"]');
  expect(stderr).toBe(".env, line 2 sets PORT again (it stands on line 1 too); the last one counts.\n");
});

test.each([
  [
    "refuses",
    "throw Object.assign(new Error(), { code: 'EROFS' });",
    "Other accounts can read .env, and its mode cannot be changed here (EROFS).\n",
  ],
  ["leaves as it is", "", "Other accounts can read .env, and its mode cannot be changed here (it stays 644).\n"],
])("a readable .env whose mode the mount %s is used, and who can read it is said", async (_, chmod, sentence) => {
  await writeFile(file(), "PORT=4000\n");
  await chmodTo(file(), 0o644);
  const source = `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";
    fs.chmodSync = () => { ${chmod} }; syncBuiltinESMExports();
    const it = await import("./scripts/env-file.mjs"); it.loadEnvFile(); console.log(process.env.PORT);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
    cwd: checkout,
    env: { PATH: process.env.PATH, NODE_ENV: "test" },
    encoding: "utf8",
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "4000\n", stderr: sentence });
});

test("a .env that others can read is closed to them, and then it is said", async () => {
  await writeFile(file(), "PORT=4000\n");
  await chmodTo(file(), 0o644);
  expect(load([]).stderr).toBe("Other accounts could read .env; now only its owner can.\n");
  expect((await stat(file())).mode & 0o777).toBe(0o600);
});

test("the key of the build may stand in a file with a mark and line ends of Windows", async () => {
  await writeFile(join(checkout, "key"), "\uFEFFa-key\r\n");
  expect(load([], { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY_FILE: "key" }).stdout).toContain("[] a-key");
});

test("Next leaves environment files alone, by the mark that we give it", async () => {
  await writeFile(file(), "BRAND_NAME=C# Club\nSMTP_URL=smtp://ada:a$b@mail.example.test\n", { mode: 0o600 });
  await writeFile(join(checkout, ".env.production"), "DEV_TOOLS=true\n");
  const source = `import { createRequire } from "node:module"; import { environmentIsComplete } from "./scripts/run-step.mjs";
    if (process.argv[1] === "marked") Object.assign(process.env, environmentIsComplete);
    createRequire(${JSON.stringify(join(process.cwd(), "package.json"))})("@next/env").loadEnvConfig(process.cwd(), false);
    console.log(JSON.stringify([process.env.BRAND_NAME ?? null, process.env.DEV_TOOLS ?? null]));`;
  const run = (word: string) =>
    spawnSync(process.execPath, ["--input-type=module", "-e", source, word], {
      cwd: checkout,
      env: { PATH: process.env.PATH, NODE_ENV: "production" },
      encoding: "utf8",
    });
  expect(JSON.parse(run("unmarked").stdout)).toEqual(["C", "true"]);
  expect(JSON.parse(run("marked").stdout)).toEqual([null, null]);
});

test("a file beside it that is not read is named", async () => {
  await writeFile(join(checkout, ".env.local"), "PORT=5000\n");
  const { stdout, stderr } = load(["PORT"]);
  expect(stdout).toContain("[null]");
  expect(stderr).toBe(".env.local is not read: move its lines to .env.\n");
});

test("a mistyped key ends the command before a fresh one is written beside it", async () => {
  const text = `PORTAL_KEY=${keys}\nMAIL_CHANEL=smtp\nMY_OWN=1\n`;
  await writeFile(file(), text, { mode: 0o600 });
  for (const step of ["env-file.mjs", "fresh-secrets.mjs"]) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        `import * as it from "./scripts/${step}"; await (it.loadEnvFile ?? it.ensureEnvFile)()`,
      ],
      { cwd: checkout, env: { PATH: process.env.PATH, NODE_ENV: "test", SECOND_FACTR: "everyone" }, encoding: "utf8" },
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.trim().split("\n")).toEqual([
      "MY_OWN in .env is not a key of the portal.",
      "",
      "Some settings have names that mean nothing here:",
      "  - PORTAL_KEY in .env is not a key of the portal. Did you mean PORTAL_KEYS?",
      "  - MAIL_CHANEL in .env is not a key of the portal. Did you mean MAIL_CHANNEL?",
      "  - SECOND_FACTR in the environment is not a key of the portal. Did you mean SECOND_FACTOR?",
      "Correct or remove them. Every key stands in .env.example.",
    ]);
    expect(await readFile(file(), "utf8")).toBe(text);
  }
});

test("a program that asks for JSON gets one document, also when the settings cannot be read", async () => {
  await mkdir(join(checkout, "node_modules"));
  await writeFile(file(), "MAIL_CHANEL=smtp\n", { mode: 0o600 });
  const run = (...flags: readonly string[]) =>
    spawnSync(process.execPath, ["scripts/portal.mjs", "people", "list", ...flags], {
      cwd: checkout,
      env: { PATH: process.env.PATH, NODE_ENV: "test" },
      encoding: "utf8",
    });
  const { status, stdout, stderr } = run("--json");
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    error: { id: "failed", message: expect.stringContaining("MAIL_CHANNEL") },
  });
  expect(run()).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("MAIL_CHANNEL") });
});
