import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrate, pendingMigrations } from "@/lib/db/migrate";
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

test("one that Prisma's command line left half-way is refused until it is marked as rolled back", async () => {
  await add("2000_more", "SELECT 1;");
  await ask(`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '2000_more')`);
  await expect(migrate(database.url, folder, silent)).rejects.toThrow(/2000_more failed earlier/);
  await ask("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = 'x'");
  expect(await migrate(database.url, folder, silent)).toEqual({ applied: ["2000_more"] });
});
