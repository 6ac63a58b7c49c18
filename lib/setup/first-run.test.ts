import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/test-database";

const [early, late] = ["2029-05-01T10:00:00.000Z", "2029-06-01T10:00:00.000Z"];
const person = (isAdmin: boolean, at: string) =>
  `INSERT INTO users (id, email, is_admin, created_at) VALUES ('${at}', '${at}', ${isAdmin}, '${at}');`;
const event = (name: string, meta: string, at: string) =>
  `INSERT INTO security_events (at, name, result, ip, agent, meta) VALUES ('${at}', '${name}', 'ok', '', '', '${meta}');`;

/** What the migration says about a house in which `before` happened. */
async function migrated(before: string): Promise<unknown[]> {
  const database = await testDatabase();
  const client = new pg.Client({ connectionString: database.url });
  try {
    await client.connect();
    await client.query(`DROP TABLE first_run; ${before}`);
    await client.query(await readFile(join("prisma", "migrations", "0006_first_run", "migration.sql"), "utf8"));
    return (await client.query("SELECT id, ended_at FROM first_run")).rows;
  } finally {
    await client.end();
    await database.drop();
  }
}

test.each([
  ["is new", "", null],
  [
    "has people, and nobody was an administrator",
    person(false, early) + event("account.created", '{"admin":false}', early),
    null,
  ],
  ["has an administrator", person(true, early), early],
  ["had one who was set up", event("setup.completed", "{}", early), early],
  ["had one who was invited", event("account.created", '{"admin":true}', early), early],
  ["has one, and had one before", person(true, late) + event("setup.completed", "{}", early), early],
])("a house that %s is marked as such", async (_, before, since) => {
  expect(await migrated(before)).toEqual(since === null ? [] : [{ id: 1, ended_at: new Date(since) }]);
});
