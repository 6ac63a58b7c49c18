import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settingMeanings } from "@/lib/config/schema";
import { testSettings } from "@/lib/testing/test-settings";

const folder = mkdtempSync(join(tmpdir(), "ordinary-file-"));
const at = (name: string) => join(folder, name);
const socket = createServer().unref();

beforeAll(async () => {
  spawnSync("mkfifo", [at("pipe")]);
  mkdirSync(at("folder"));
  writeFileSync(at("large"), " ".repeat(256 * 1024 + 1));
  writeFileSync(at("small"), "a secret");
  symlinkSync(at("small"), at("link"));
  await new Promise<void>((open) => socket.listen(at("socket"), open));
});
afterAll(() => {
  socket.close();
  rmSync(folder, { recursive: true });
});

/** In a process of its own, which is killed where it waits. */
const run = (source: string): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, ["--input-type=module"], { input: source, encoding: "utf8", timeout: 10_000 });

test("a small file is read, through a link and out of /proc too; everything else is told at once", () => {
  const names = ["small", "link", "/proc/self/comm", "pipe", "folder", "large", "socket", "/dev/zero", "none"];
  const paths = names.map((name) => (name.startsWith("/") ? name : at(name)));
  const { stdout, signal } = run(`import { readOrdinaryFile } from "${process.cwd()}/scripts/ordinary-file.mjs";
    console.log(JSON.stringify(${JSON.stringify(paths)}.map(readOrdinaryFile).map(({ bytes, mistake, fault }) =>
      bytes === undefined ? mistake ?? fault.code : String(bytes))));`);
  expect(signal).toBeNull();
  expect(JSON.parse(stdout)).toEqual([
    "a secret",
    "a secret",
    expect.stringMatching(/\n$/),
    "is no ordinary file but a pipe.",
    "is no ordinary file but a folder.",
    "is larger than 256 kB.",
    "is no ordinary file but a socket.",
    "is no ordinary file but a device.",
    "ENOENT",
  ]);
});

test("no setting that names a file waits for a pipe, or reads a device without end", async () => {
  const secrets = settingMeanings().filter(({ secret }) => secret);
  const files = [...secrets.map(({ name }) => `${name}_FILE`), "APPS_FILE", "BRAND_LOGO_FILE", "PLACES_FILE"];
  const { outputFiles } = await build({
    stdin: {
      contents: `import { readConfig } from "@/lib/config/read-config";
        const mistakes = (file, path) => {
          const env = { ...${JSON.stringify(testSettings)}, [file.replace(/_FILE$/, "")]: undefined, [file]: path };
          const reading = readConfig(env, "/");
          return reading.ok ? "taken" : reading.mistakes.filter((mistake) => mistake.startsWith(file)).join();
        };
        console.log(JSON.stringify(${JSON.stringify(files)}.map((file) =>
          [mistakes(file, ${JSON.stringify(at("pipe"))}), mistakes(file, "/dev/zero")])));`,
      resolveDir: process.cwd(),
    },
    alias: { "@": process.cwd() },
    write: false,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
  });
  const { stdout, stderr, signal } = run(outputFiles[0]?.text ?? "");
  expect([signal, stderr]).toEqual([null, ""]);
  expect(JSON.parse(stdout)).toEqual(
    files.map((file) =>
      ["pipe", "device"].map((kind) =>
        expect.stringContaining(`${file} names a file that is no ordinary file but a ${kind}.`),
      ),
    ),
  );
});

test("nor does a start before it has read them, or the driver of the database afterwards", () => {
  const pipe = JSON.stringify(at("pipe"));
  const scripts = join(process.cwd(), "scripts");
  const { status, stderr } = run(`import { textIn } from "${scripts}/env-file.mjs"; textIn(${pipe});`);
  expect([status, stderr.trim()]).toEqual([1, `The file ${at("pipe")} of a setting is no ordinary file but a pipe.`]);
  const address = `postgresql://u:p@h/d?sslrootcert=${at("pipe")}`;
  const { stdout } = run(`import { databaseUrlMistake } from "${scripts}/database-url.mjs";
    console.log(databaseUrlMistake(${JSON.stringify(address)}));`);
  expect(stdout.trim()).toBe("names a file in sslrootcert that is no ordinary file but a pipe.");
});
