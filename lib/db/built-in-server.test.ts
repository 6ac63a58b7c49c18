import { spawnSync } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { unprivilegedAccount } from "@/lib/db/built-in-place";
import type { Place } from "@/lib/db/built-in-place-names";
import { isAlive, readPostmaster } from "@/lib/db/built-in-postmaster";
import { launchServer, type Waits } from "@/lib/db/built-in-server";
import { minutes } from "@/lib/kernel/duration";

const long: Waits = { orphans: minutes(5), recovery: minutes(5), deaf: minutes(5) };
const account = process.getuid?.() === 0 ? unprivilegedAccount() : null;
let place: Place;

beforeEach(async () => {
  const base = await mkdtemp(join(tmpdir(), "server-"));
  await chmod(base, 0o755);
  const at = (name: string) => join(base, name);
  const folders = { base, cluster: at("cluster"), sockets: at("sockets"), logs: at("logs") };
  place = { ...folders, startLog: at("start.log"), passwordFile: at("password"), account };
  for (const folder of [place.cluster, place.sockets, place.logs]) {
    await mkdir(folder);
    if (account) await chown(folder, account.uid, account.gid);
  }
  await writeFile(place.passwordFile, "secret");
});
afterEach(() => rm(place.base, { recursive: true }));

/** Starts a server that notes itself with this state, and does whatever `then` says. */
async function launch(state: string, then: string, waits: Partial<Waits>) {
  const folder = join(place.base, "programs");
  await mkdir(join(folder, "bin"), { recursive: true });
  const note = `printf '%s\\n' $$ "$2" 0 5432 "${place.sockets}" '' '' '${state}' > "$2/postmaster.pid"`;
  await writeFile(join(folder, "bin", "postgres"), `#!/bin/sh\n${note}\n${then}\n`, { mode: 0o755 });
  const said: string[] = [];
  const start = performance.now();
  const ended = await launchServer({
    place,
    binaries: { folder, version: "18.0", major: "18" },
    say: (line) => void said.push(line),
    waits: { ...long, ...waits },
  }).catch((fault: Error) => fault.message);
  return { ended, said, took: performance.now() - start };
}

/** Nobody would ever own it. */
async function expectNothingLeft() {
  const noted = await readPostmaster(place);
  expect(noted !== null && isAlive(noted.pid)).toBe(false);
  expect(await commandsWith(place.cluster)).toEqual([]);
}

/** What runs with these words in its command line. By the system's own list: `pgrep`, which many an image of Linux does not have, would find nobody there. */
async function commandsWith(words: string): Promise<string[]> {
  if (process.platform !== "linux") {
    const { stdout, error } = spawnSync("pgrep", ["-fl", words], { encoding: "utf8" });
    expect(error).toBeUndefined();
    return stdout.split("\n").filter(Boolean);
  }
  const numbers = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    numbers.map((number) => readFile(`/proc/${number}/cmdline`, "utf8").catch(() => "")), // it has ended meanwhile
  );
  return lines.filter((line) => line.includes(words));
}

test("a server that says it is ready and answers nobody is waited for so long, told as that with its reason, and stopped", async () => {
  const { ended, took } = await launch("ready", "exec sleep 600", { deaf: 300 });
  expect(ended).toMatch(
    /^The database started, but does not let the portal in: connect ENOENT .*sockets.*Its log is in /,
  );
  expect(took).toBeLessThan(10_000);
  await expectNothingLeft();
});

test("one that never becomes ready is waited for so long, and stopped", async () => {
  const { ended, took } = await launch("starting", "exec sleep 600", { recovery: 300 });
  expect(ended).toMatch(/^The database did not answer within 1 seconds\. Its log is in /);
  expect(took).toBeLessThan(10_000);
  await expectNothingLeft();
});

test("one that ends says why at once, in its own words", async () => {
  const { ended, said, took } = await launch("starting", "echo 'FATAL:  no room on the disk' >&2; exit 1", {});
  expect(ended).toMatch(/^The database did not start:\nFATAL: {2}no room on the disk\n/);
  expect([said, took < 10_000]).toEqual([[], true]);
  await expectNothingLeft();
});

test("what a killed server left behind is waited for, and not for ever", async () => {
  const held = `echo 'FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use' >&2; exit 1`;
  const { ended, took } = await launch("starting", held, { orphans: 600 });
  expect(ended).toContain("is still in use");
  expect(took).toBeGreaterThan(600);
  expect((await readdir(place.logs)).length).toBe(0);
  await expectNothingLeft();
});
