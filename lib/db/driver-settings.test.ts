import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { knock } from "@/lib/db/built-in-knock";
import { openDatabase } from "@/lib/db/client";
import { driverSettings } from "@/lib/db/driver-settings";
import { pendingMigrations } from "@/lib/db/migrate";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";

const hostile = {
  PGSSLMODE: "require",
  PGOPTIONS: "-c TimeZone=Asia/Tokyo -c search_path=nowhere",
  PGAPPNAME: "theirs",
};
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
  const address = `${place.url}&options=${encodeURIComponent("-c TimeZone=Asia/Tokyo -c work_mem=5MB")}`;
  const client = new pg.Client(driverSettings(address));
  await client.connect();
  const { rows } = await client.query(
    "SELECT current_setting('TimeZone') AS zone, current_setting('work_mem') AS memory",
  );
  expect(rows).toEqual([{ zone: "UTC", memory: "5MB" }]);
  await client.end();
});
