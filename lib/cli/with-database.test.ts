import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { withDatabase } from "@/lib/cli/with-database";
import { findRunningBuiltIn, startBuiltIn } from "@/lib/db/built-in";
import { findPlace } from "@/lib/db/built-in-place";
import { readPostmaster } from "@/lib/db/built-in-postmaster";
import { migrate } from "@/lib/db/migrate";
import { systemClock } from "@/lib/kernel/clock";
import { aCommand, findPortal, takeInstanceLock } from "@/lib/serve/instance-lock";
import { issueSetupLink } from "@/lib/setup/issue-setup-link";
import { testContext } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const root = process.cwd();
const silent = () => undefined;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "sallyport-cli-"));
  setSettings({ DATA_DIR: dataDir, DATABASE_URL: "" });
});
afterEach(async () => {
  if ((await running()) !== null) await (await startBuiltIn({ root, dataDir, say: silent })).stop();
});
afterAll(async () => {
  const place = await findPlace(dataDir, null);
  if (place) await rm(place.base, { recursive: true, force: true }); // root keeps it elsewhere
  setSettings({ DATA_DIR: "", DATABASE_URL: "" });
  await rm(dataDir, { recursive: true, force: true });
});

async function running(): Promise<string | null> {
  const found = await findRunningBuiltIn({ dataDir });
  return found.kind === "answers" ? found.url : null;
}
const count = (say: (line: string) => void = silent) => withDatabase(root, say, (db) => db.user.count());

test("without a database there is a sentence, and none is made", async () => {
  await expect(count()).rejects.toThrow("There is no database here yet. Start the portal once first: npm start");
  expect(await running()).toBeNull();
});

test("an old database is not brought up to date by a command", async () => {
  await (await startBuiltIn({ root, dataDir, say: silent })).stop();
  await expect(count()).rejects.toThrow("The database is not ready for this version.");
  expect(await running()).toBeNull();
});

test("starts the database for one command, in turn for several, and stops it after a fault as well", async () => {
  const portal = await startBuiltIn({ root, dataDir, say: silent });
  await migrate(portal.url, join(root, "prisma", "migrations"), silent);
  await portal.stop();
  const said: string[] = [];
  expect(await Promise.all([count((line) => said.push(line)), count((line) => said.push(line))])).toEqual([0, 0]);
  expect(said).toContain("Another command is working here; waiting for it…");
  expect(await running()).toBeNull();
  const broken = withDatabase(root, silent, () => Promise.reject(new Error("as broken as can be")));
  await expect(broken).rejects.toThrow("as broken as can be");
  expect(await running()).toBeNull();
});

test("works beside a running portal and leaves its database alone", async () => {
  const portal = await startBuiltIn({ root, dataDir, say: silent });
  expect(await Promise.all([count(), count(), count()])).toEqual([0, 0, 0]);
  expect(await running()).toBe(portal.url);
  await portal.stop();
});

test("links are for the address of the portal that runs, whatever this terminal says", async () => {
  const portal = await startBuiltIn({ root, dataDir, say: silent });
  const link = () => withDatabase(root, silent, async (db) => issueSetupLink(testContext({ db, clock: systemClock })));
  expect(await link()).toMatch(/^http:\/\/localhost:3000\/setup\?link=set_/);
  const lock = await takeInstanceLock(dataDir, "http://localhost:4123");
  expect(await link()).toMatch(/^http:\/\/localhost:4123\/setup\?link=set_/);
  if (lock.kind === "ours") lock.release();
  setSettings({ DATA_DIR: dataDir, DATABASE_URL: "" });
  const command = await takeInstanceLock(dataDir, aCommand);
  if (command.kind === "ours") command.release();
  expect(await findPortal(dataDir)).toBeNull();
  expect(await findPortal(join(dataDir, "nowhere"))).toBeNull();
  await portal.stop();
});

test("a portal that starts meanwhile keeps the database that a command had started", async () => {
  const lock = await withDatabase(root, silent, async () => {
    const taken = await takeInstanceLock(dataDir, "http://localhost:3000");
    await startBuiltIn({ root, dataDir, say: silent });
    return taken;
  });
  expect(await running()).not.toBeNull();
  if (lock.kind === "ours") lock.release();
});

async function serverNumber(): Promise<number | undefined> {
  const place = await findPlace(dataDir, null);
  return (place && (await readPostmaster(place)))?.pid;
}

/** Connects until the server lets nobody in any more; returns how to give all of it back. */
async function takeEveryConnection(url: string): Promise<() => Promise<unknown>> {
  const taken: pg.Client[] = [];
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    try {
      await client.connect();
      taken.push(client);
    } catch {
      return () => Promise.all(taken.map((each) => each.end()));
    }
  }
}

test("while every connection of the portal's database is taken, a command says so and stops nothing", async () => {
  const lock = await takeInstanceLock(dataDir, "http://localhost:3000");
  const portal = await startBuiltIn({ root, dataDir, say: silent });
  const before = await serverNumber();
  const giveBack = await takeEveryConnection(portal.url);
  await expect(count()).rejects.toThrow(/busy.*Nothing was changed.*again/);
  expect(await serverNumber()).toBe(before);
  await giveBack();
  expect(await count()).toBe(0);
  await portal.stop();
  await expect(count()).rejects.toThrow("The portal is busy: it is starting, stopping or bringing its database back.");
  expect(await running()).toBeNull();
  if (lock.kind === "ours") lock.release();
}, 60_000);
