import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const isRoot = process.getuid?.() === 0;
/** Root may look at another `/etc` and `/var/lib` in a view of its own; some containers do not let it. */
const hasOwnView = isRoot && spawnSync("unshare", ["-m", "true"]).status === 0;
let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), "database-grounds-"));
  await cp(join(process.cwd(), "scripts"), join(checkout, "scripts"), { recursive: true });
  await cp(join(process.cwd(), "package-lock.json"), join(checkout, "package-lock.json"));
  await mkdir(join(checkout, "bin")); // an npm that must not be reached
  await writeFile(join(checkout, "bin", "npm"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
});
afterEach(() => rm(checkout, { recursive: true }));

/** A command of ours, after `before` was done in a view of the file system that nobody else has. */
function run(name: string, env: Record<string, string> = {}, before?: string): SpawnSyncReturns<string> {
  const program = [process.execPath, `scripts/${name}.mjs`, "status"];
  const seen = ["unshare", "-m", "sh", "-c", `set -e; ${before}; exec "$@"`, "sh", ...program];
  const [first = "", ...rest] = before === undefined ? program : seen;
  const PATH = `${join(checkout, "bin")}:/usr/bin:/bin`;
  return spawnSync(first, rest, {
    cwd: checkout,
    env: { PATH, NODE_ENV: "test", PORT: "39419", ...env },
    encoding: "utf8",
  });
}

/** One sentence of ours on stderr, exit code 1, and neither a stack nor a step that takes long. */
function expectRefusal({ status, stdout, stderr }: SpawnSyncReturns<string>, sentence: RegExp) {
  expect(stderr).not.toMatch(/^\s+at |node:internal/m);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr.trim()).toMatch(sentence);
}

/** Got as far as the packages: nothing was said against these grounds. */
const expectPassed = ({ stdout }: SpawnSyncReturns<string>) => expect(stdout).toContain("Installing packages");
const own = { DATABASE_URL: "postgresql://somebody@db.example.test/portal", PORTAL_KEYS: "k1:x" };

test.each(["start", "dev"])("a kind of machine for which no PostgreSQL comes along (%s)", async (name) => {
  const lock = join(checkout, "package-lock.json");
  await writeFile(lock, (await readFile(lock, "utf8")).replaceAll(`-${process.arch}"`, '-of-another-kind"'));
  expectRefusal(run(name), /^There is no built-in PostgreSQL for this kind of machine \(\S+\)\. Set DATABASE_URL/);
  if (name === "start") expectPassed(run(name, own));
});

describe.skipIf(!hasOwnView)("root", () => {
  const withoutAccounts = `echo root:x:0:0::/root:/bin/sh > passwd; mount --bind passwd /etc/passwd`;
  const readOnlyHome = `mkdir -p /var/lib/sallyport; mount -t tmpfs -o ro none /var/lib/sallyport`;

  test.each(["start", "dev"])("on a machine without an account for the database (%s)", (name) => {
    expectRefusal(run(name, {}, withoutAccounts), /refuses to run as root.*neither an account postgres nor nobody/);
    if (name === "start") expectPassed(run(name, own, withoutAccounts));
  });

  test.each(["start", "dev"])("that cannot write where its database lies (%s)", (name) => {
    expectRefusal(run(name, {}, readOnlyHome), /root's database lies in \/var\/lib\/sallyport, and nothing can be/);
    if (name === "start") expectPassed(run(name, own, readOnlyHome));
  });
});

describe("a link that leads nowhere", () => {
  const nowhere = /is a link to \/mnt\/absent\/it, which is not there\. Bring that back/;

  test.each(["data", "node_modules", ".next", ".sallyport", ".env"])("as %s", async (name) => {
    await symlink("/mnt/absent/it", join(checkout, name));
    expectRefusal(run("start"), nowhere);
    expectRefusal(run("dev"), nowhere);
  });

  test.each(["data/postgres", "data/postgres.location"])("as %s", async (name) => {
    await mkdir(join(checkout, "data"));
    await symlink("/mnt/absent/it", join(checkout, name));
    expectRefusal(run("start"), nowhere);
  });

  test("on the way to DATA_DIR, also for a command and for whoever reads .env alone", async () => {
    await mkdir(join(checkout, "node_modules"));
    await mkdir(join(checkout, ".sallyport"));
    await symlink("/mnt/absent/it", join(checkout, "disk"));
    for (const name of ["start", "portal"]) expectRefusal(run(name, { DATA_DIR: "disk/sallyport" }), nowhere);
    await symlink("/mnt/absent/it", join(checkout, ".env"));
    const source = 'import { settings } from "./scripts/env-file.mjs"; settings();';
    const read = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
      cwd: checkout,
      encoding: "utf8",
    });
    expectRefusal(read, nowhere);
  });
});

test.each(["postgres/cluster", "postgres.location"])(
  "`npm run dev` writes no fresh keys beside the sealed data of its own folder (%s)",
  async (path) => {
    await mkdir(join(checkout, "data", "dev", "postgres", "cluster"), { recursive: true });
    if (path === "postgres.location") {
      await rm(join(checkout, "data", "dev", "postgres"), { recursive: true });
      await writeFile(join(checkout, "data", "dev", path), "/nowhere\n");
    }
    await mkdir(join(checkout, "node_modules"));
    await writeFile(join(checkout, "node_modules", ".package-lock.json"), "{}");
    expectRefusal(run("dev"), /data\/dev holds accounts, but PORTAL_KEYS.*Bring \.env back/);
    await expect(readFile(join(checkout, ".env"))).rejects.toThrow("ENOENT");
  },
);

/** Enough of a start for the command line to look at its ground. */
async function startedOnce() {
  for (const name of ["node_modules", ".sallyport"]) await mkdir(join(checkout, name), { recursive: true });
}

test.each(["start", "portal"])(
  "a file where a folder of ours belongs, and a folder where a file does (%s)",
  async (name) => {
    await startedOnce();
    await mkdir(join(checkout, "data"));
    for (const path of ["data/lock", "data/postgres"]) {
      await writeFile(join(checkout, path), "");
      expectRefusal(run(name), new RegExp(`${path} is not a folder\\. Move it away`));
      await rm(join(checkout, path));
    }
    await mkdir(join(checkout, "data", "postgres.location"));
    expectRefusal(run(name), /postgres\.location is not a file\. Move it away/);
  },
);

test("a file in the place of the lock of the checkout", async () => {
  await startedOnce();
  await writeFile(join(checkout, ".sallyport", "lock"), "");
  expectRefusal(run("start"), /\.sallyport\/lock is not what should stand there \(EEXIST:.*Move it away/);
});

test.each(["start", "portal"])("a path that only a shell would read (%s)", async (name) => {
  await startedOnce();
  for (const key of ["DATA_DIR", "BACKUP_DIR", "PLACES_FILE", "PORTAL_KEYS_FILE"])
    expectRefusal(run(name, { [key]: "~/x" }), new RegExp(`- ${key} begins with ~, which only a shell`));
  await writeFile(join(checkout, ".env"), "DATA_DIR=~/x\n");
  expectRefusal(run(name), /- DATA_DIR begins with ~/);
  expect(existsSync(join(checkout, "~"))).toBe(false);
});

test.runIf(process.platform === "linux").each(["start", "portal"])("a folder of the kernel's (%s)", async (name) => {
  await startedOnce();
  for (const key of ["DATA_DIR", "BACKUP_DIR"])
    for (const path of ["/proc/x", "/sys/x/y"])
      expectRefusal(run(name, { [key]: path }), new RegExp(`- ${key} lies where`));
});

test.skipIf(!hasOwnView)("a data folder on a disk that is read-only is told as that by a command too", async () => {
  await startedOnce();
  await mkdir(join(checkout, "disk"));
  const mounted = `mount -t tmpfs -o ro none ${join(checkout, "disk")}`;
  for (const name of ["start", "portal"])
    expectRefusal(
      run(name, { DATA_DIR: "disk/data" }, mounted),
      /disk\/data lies on a file system that is read-only\./,
    );
});
