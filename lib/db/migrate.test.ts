import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { migrate, pendingMigrations } from "@/lib/db/migrate";
import { portalVersion } from "@/lib/kernel/version";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";

let folder: string;
let database: TestDatabase;
const silent = () => undefined;

beforeEach(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), "migrations-"));
  await cp(join(process.cwd(), "prisma", "migrations"), folder, { recursive: true });
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function add(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), sql);
}

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("a new migration is pending, is applied once, and is then nothing new", async () => {
  await add("2000_more", "CREATE TABLE more (n int); INSERT INTO more VALUES (1);");
  await add("2001_yet_more", "INSERT INTO more VALUES (2);");
  expect(await pendingMigrations(database.url, folder)).toEqual(["2000_more", "2001_yet_more"]);
  expect(await migrate(database.url, folder, silent)).toEqual({ applied: ["2000_more", "2001_yet_more"] });
  expect(await migrate(database.url, folder, silent)).toEqual({ applied: [] });
  expect(await pendingMigrations(database.url, folder)).toEqual([]);
  expect(await ask("SELECT n FROM more ORDER BY n")).toEqual([{ n: 1 }, { n: 2 }]);
});

test("the book-keeping is Prisma's own: one finished row with the file's SHA-256", async () => {
  await add("2000_more", "SELECT 1;");
  await migrate(database.url, folder, silent);
  expect(
    await ask(`SELECT checksum, applied_steps_count, finished_at >= started_at AS finished, length(id) AS id, logs, rolled_back_at
      FROM _prisma_migrations WHERE migration_name = '2000_more'`),
  ).toEqual([
    {
      checksum: "17db4fd369edb9244b9f91d9aeed145c3d04ad8ba6e95d06247f07a63527d11a",
      applied_steps_count: 1,
      finished: true,
      id: 36,
      logs: null,
      rolled_back_at: null,
    },
  ]);
});

test("of six portals that start at once, one migrates and five wait", async () => {
  await add("2000_slow", "SELECT pg_sleep(0.3); CREATE TABLE slow (n int);");
  const heard: string[] = [];
  const say = (line: string) => void heard.push(line);
  const all = await Promise.all(Array.from({ length: 6 }, () => migrate(database.url, folder, say)));
  expect(all.filter(({ applied }) => applied.length === 1)).toHaveLength(1);
  expect(heard.filter((line) => line.startsWith("Migrating"))).toHaveLength(1);
});

test("each says which of how many it is, and a long one every few seconds that it goes on", async () => {
  await add("2000_short", "SELECT 1;");
  await add("2001_long", "SELECT pg_advisory_lock(4711), pg_advisory_unlock(4711);");
  const heard: string[] = [];
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  await holder.query("SELECT pg_advisory_lock(4711)");
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  try {
    let reached = () => {};
    const atTheLong = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const migrating = migrate(database.url, folder, (line) => {
      if (heard.push(line) === 2) reached();
    });
    await Promise.race([atTheLong, migrating]);
    vi.advanceTimersByTime(10_000);
    await holder.query("SELECT pg_advisory_unlock(4711)");
    await migrating;
  } finally {
    vi.useRealTimers();
    await holder.end();
  }
  const still = (seconds: number) =>
    `Still at the migration 2001_long, for ${seconds} s so far. Stopped now, it leaves everything as it was.`;
  expect(heard).toEqual([
    "Migrating the database: 2000_short (1 of 2)…",
    "Migrating the database: 2001_long (2 of 2)…",
    still(5),
    still(10),
  ]);
});

test("a migration that fails half-way leaves no trace, and its repaired version is applied", async () => {
  await add("2000_broken", "CREATE TABLE half (n int); SELECT 1 / 0;");
  await expect(migrate(database.url, folder, silent)).rejects.toThrow(
    "The migration 2000_broken failed and changed nothing: division by zero",
  );
  expect(await ask("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
  await add("2000_broken", "CREATE TABLE half (n int);");
  expect(await migrate(database.url, folder, silent)).toEqual({ applied: ["2000_broken"] });
});

test("a migration that was changed after it was applied is refused", async () => {
  await add("2000_more", "SELECT 1;");
  await migrate(database.url, folder, silent);
  await add("2000_more", "SELECT 2;");
  await expect(migrate(database.url, folder, silent)).rejects.toThrow(/2000_more was changed after it was applied/);
});

test("a database that a newer version has used is refused", async () => {
  await add("2000_more", "SELECT 1;");
  await migrate(database.url, folder, silent);
  await rm(join(folder, "2000_more"), { recursive: true });
  await expect(pendingMigrations(database.url, folder)).rejects.toThrow(/was used by a newer version/);
});

/** As an older portal meets the database: a newer one has applied `2000_more`, which this checkout does not have. */
async function newerHasBeenHere(sql: string): Promise<void> {
  await add("2000_more", sql);
  await migrate(database.url, folder, silent);
  await rm(join(folder, "2000_more"), { recursive: true });
}

/** The house's own migrations count from 0001 on. */
const floorsOfTests = () => ask("SELECT * FROM migration_floors WHERE migration > '2'");

test("a migration's floor is stored with it, and an older portal that is not below it lives on beside", async () => {
  await newerHasBeenHere(`-- floor: ${portalVersion}\nCREATE TABLE more (n int);`);
  expect(await floorsOfTests()).toEqual([{ migration: "2000_more", floor: portalVersion }]);
  expect(await pendingMigrations(database.url, folder)).toEqual([]);
  expect(await migrate(database.url, folder, silent)).toEqual({ applied: [] });
});

test("a portal below the floor is refused, and told from which version on it could live there", async () => {
  await newerHasBeenHere("-- floor: 999.0.0\nSELECT 1;");
  const why = `The database knows the migration 2000_more, beside which versions from 999.0.0 on can live; this one is ${portalVersion}.`;
  await expect(migrate(database.url, folder, silent)).rejects.toThrow(why);
  await expect(pendingMigrations(database.url, folder)).rejects.toThrow(why);
});

test("one floor that is too high is enough, and one that is missing or unreadable", async () => {
  await add("2001_yet_more", "-- floor: 0.0.1\nSELECT 1;");
  await newerHasBeenHere("-- no floor: a column that older portals write is gone\nSELECT 1;");
  await rm(join(folder, "2001_yet_more"), { recursive: true });
  await expect(pendingMigrations(database.url, folder)).rejects.toThrow(/2000_more.*was used by a newer version/);
  await ask("INSERT INTO migration_floors VALUES ('2000_more', 'any')");
  await expect(pendingMigrations(database.url, folder)).rejects.toThrow(/2000_more.*was used by a newer version/);
  await ask("UPDATE migration_floors SET floor = '0.0.1' WHERE migration = '2000_more'");
  expect(await pendingMigrations(database.url, folder)).toEqual([]);
});

test("a migration that fails leaves no floor behind either", async () => {
  await add("2000_broken", "-- floor: 0.0.1\nSELECT 1 / 0;");
  await expect(migrate(database.url, folder, silent)).rejects.toThrow("failed and changed nothing");
  expect(await floorsOfTests()).toEqual([]);
});

test("a floor is no bridge between two lines of development", async () => {
  await newerHasBeenHere("-- floor: 0.0.1\nSELECT 1;");
  await add("2000_mine", "SELECT 1;");
  const why = "knows the migration 2000_more, which this version does not have, and lacks 2000_mine, which it has.";
  await expect(migrate(database.url, folder, silent)).rejects.toThrow(why);
  await expect(pendingMigrations(database.url, folder)).rejects.toThrow(why);
});

test.each(["-- floor: 0.2", "-- floor:0.2.0", "--floor: 0.2.0", "-- Floor: 0.2.0", "-- floor: v0.2.0 and newer"])(
  "a first line that means to be a floor and is none is refused before anything is applied: %s",
  async (line) => {
    await add("2000_more", `${line}\nCREATE TABLE more (n int);`);
    await expect(migrate(database.url, folder, silent)).rejects.toThrow("2000_more begins with a floor that is no");
    expect(await ask("SELECT to_regclass('more') AS more")).toEqual([{ more: null }]);
  },
);

test("one that Prisma's command line left half-way is refused until it is marked as rolled back", async () => {
  await add("2000_more", "SELECT 1;");
  await ask(`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '2000_more')`);
  await expect(migrate(database.url, folder, silent)).rejects.toThrow(/2000_more failed earlier/);
  await ask("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = 'x'");
  expect(await migrate(database.url, folder, silent)).toEqual({ applied: ["2000_more"] });
});
