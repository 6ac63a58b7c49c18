import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withDatabase } from "@/lib/cli/with-database";
import { type BuiltIn, startBuiltIn } from "@/lib/db/built-in";
import { findPlace } from "@/lib/db/built-in-place";
import { readPostmaster } from "@/lib/db/built-in-postmaster";
import { migrate } from "@/lib/db/migrate";
import { takeInstanceLock } from "@/lib/serve/instance-lock";
import { setSettings } from "@/lib/testing/test-settings";

const root = process.cwd();
const silent = () => undefined;
let dataDir: string;
let portal: BuiltIn;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "sallyport-busy-"));
  setSettings({ DATA_DIR: dataDir, DATABASE_URL: "" });
  portal = await startBuiltIn({ root, dataDir, say: silent });
  await migrate(portal.url, join(root, "prisma", "migrations"), silent);
});
afterAll(async () => {
  await portal.stop();
  const place = await findPlace(dataDir, null);
  if (place) await rm(place.base, { recursive: true, force: true }); // root keeps it elsewhere
  setSettings({ DATA_DIR: "", DATABASE_URL: "" });
  await rm(dataDir, { recursive: true, force: true });
});

const command = () => withDatabase(root, silent, (db) => db.user.count());

async function serverNumber(): Promise<number | undefined> {
  const place = await findPlace(dataDir, null);
  return (place && (await readPostmaster(place)))?.pid;
}

/** Connects until the server lets nobody in any more; returns how to give all of it back. */
async function takeEveryConnection(): Promise<() => Promise<unknown>> {
  const taken: pg.Client[] = [];
  for (;;) {
    const client = new pg.Client({ connectionString: portal.url });
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
  const before = await serverNumber();
  const giveBack = await takeEveryConnection();
  await expect(command()).rejects.toThrow(/busy.*Nothing was changed.*again/);
  expect(await serverNumber()).toBe(before);
  await giveBack();
  expect(await command()).toBe(0);
  if (lock.kind === "ours") lock.release();
}, 60_000);
