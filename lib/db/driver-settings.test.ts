import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { knock } from "@/lib/db/built-in-knock";
import { openDatabase, rawOf } from "@/lib/db/client";
import { connectAlone } from "@/lib/db/driver-settings";
import { pendingMigrations } from "@/lib/db/migrate";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";

/** PGOPTIONS cannot be said better by us: a pooler refuses whoever says any. Every start and command takes it out of the environment. */
const hostile = { PGSSLMODE: "require", PGAPPNAME: "theirs" };
let place: TestDatabase;

beforeAll(async () => {
  place = await testDatabase();
});
afterEach(() => {
  for (const name of Object.keys(hostile)) delete process.env[name];
});
afterAll(() => place.drop());

test("what stands in the driver's own environment decides nothing: the portal, its migrations and its look at the server agree", async () => {
  Object.assign(process.env, hostile);
  expect((await knock(place.url)).kind).toBe("in");
  expect(await pendingMigrations(place.url, "prisma/migrations")).toEqual([]);
  const db = openDatabase(place.url, 2);
  expect(
    await db.$queryRaw`SELECT current_setting('TimeZone') AS zone, current_setting('search_path') AS path`,
  ).toEqual([{ zone: "UTC", path: '"$user", public' }]);
  await db.$disconnect();
});

test("options in the address are kept, and none of them moves the clock", async () => {
  const address = `${place.url}&options=${encodeURIComponent("-c TimeZone=Asia/Tokyo -c DateStyle=SQL -c work_mem=5MB")}`;
  const client = await connectAlone(address, { connectionTimeoutMillis: 5_000 });
  const { rows } = await client.query(
    "SELECT current_setting('TimeZone') AS zone, current_setting('DateStyle') AS style, current_setting('work_mem') AS memory",
  );
  expect(rows).toEqual([{ zone: "UTC", style: "ISO, MDY", memory: "5MB" }]);
  await client.end();
});

test("on a database with a zone and a style of its own a moment is read back as it was written, by both drivers", async () => {
  await alter("TimeZone = 'Asia/Tokyo'", "DateStyle = 'SQL, DMY'", "IntervalStyle = 'sql_standard'");
  const db = openDatabase(place.url, 2);
  const at = new Date("2030-03-31T00:30:00.123Z");
  await db.firstRun.create({ data: { id: 1, endedAt: at } });
  expect(await db.firstRun.findMany()).toEqual([{ id: 1, endedAt: at }]);
  expect(await rawOf(db).$queryRaw`SELECT ended_at AS at FROM first_run WHERE ended_at = ${at}`).toEqual([{ at }]);
  await db.$disconnect();
});

test("the server gives a statement up long after we have: what it then calls done may be lost with a failover", async () => {
  const db = openDatabase(place.url, 2);
  const ours = 10_000;
  for (const one of [db, rawOf(db)]) {
    const [row] = await one.$queryRaw<{ limit: string }[]>`SELECT current_setting('statement_timeout') AS limit`;
    expect(row?.limit).toBe(`${(3 * ours) / 1000}s`);
  }
  await db.$disconnect();
});

/** For every connection to the database that is opened from now on. */
async function alter(...settings: readonly string[]): Promise<void> {
  const client = await connectAlone(place.url, { connectionTimeoutMillis: 5_000 });
  for (const setting of settings) {
    const [{ name = "" } = {}] = (await client.query<{ name: string }>("SELECT current_database() AS name")).rows;
    await client.query(`ALTER DATABASE ${name} SET ${setting}`);
  }
  await client.end();
}
