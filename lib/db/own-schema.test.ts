import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrate, pendingMigrations } from "@/lib/db/migrate";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";

let place: TestDatabase;
let role: string;
beforeEach(async () => {
  place = await testDatabase();
  role = `role_${new URL(place.url).pathname.slice(1)}`;
  await ask("DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC");
  await ask(`CREATE ROLE ${role} LOGIN`);
});
afterEach(async () => {
  await place.drop();
  const elsewhere = new pg.Client({ connectionString: place.url.replace(/\/test_\w+/, "/postgres") });
  await elsewhere.connect();
  await elsewhere.query(`DROP ROLE ${role}`);
  await elsewhere.end();
});

async function ask(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** What the start of a portal does with an account of one's own. */
const start = (more = "") =>
  migrate(`${place.url.replace("postgres@", `${role}@`)}${more}`, "prisma/migrations", () => undefined);

test("an account that works in another schema than public is told so before anything is made", async () => {
  await ask(`CREATE SCHEMA ${role} AUTHORIZATION ${role}; GRANT CREATE ON SCHEMA public TO ${role}`);
  await expect(start()).rejects.toThrow(
    `its account ${role} works in ${role}. As the owner of the database: ALTER ROLE ${role} IN DATABASE`,
  );
  await expect(pendingMigrations(place.url.replace("postgres@", `${role}@`), "prisma/migrations")).rejects.toThrow(
    /works in/,
  );
  await ask(`ALTER ROLE ${role} SET search_path = public`);
  expect((await start()).applied.length).toBeGreaterThan(0);
  const option = `&options=${encodeURIComponent(`-c search_path=${role}`)}`;
  await expect(start("&options=-csearch_path%3Dnowhere")).rejects.toThrow("works in no schema at all");
  await expect(start(option)).rejects.toThrow("and no search_path in DATABASE_URL");
});

test("an account that may make no tables, and a database without public, are told with what to do", async () => {
  await expect(start()).rejects.toThrow(`As its owner: GRANT USAGE, CREATE ON SCHEMA public TO ${role}`);
  await ask("REVOKE USAGE ON SCHEMA public FROM PUBLIC");
  await expect(start()).rejects.toThrow(`As its owner: GRANT USAGE, CREATE ON SCHEMA public TO ${role}`);
  await ask("DROP SCHEMA public");
  await expect(start()).rejects.toThrow(/has no schema public.*CREATE SCHEMA public AUTHORIZATION/);
});
