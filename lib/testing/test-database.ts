import { join } from "node:path";
import pg from "pg";
import { migrate } from "@/lib/db/migrate";
import { systemRandom } from "@/lib/kernel/random";
import { startThrowAwayServer, type Wishes } from "@/lib/testing/throw-away-server";

/** A database of one's own, migrated and empty. `drop` closes whatever is still connected to it. */
export type TestDatabase = { readonly url: string; drop(): Promise<void> };

/** Where `startTestServer` leaves the server's address for `testDatabase`; children inherit it. */
const serverKey = "TEST_SERVER_URL";
const template = "migrated";

/**
 * Starts the throw-away server with one migrated template. Call it once per run (vitest's global setup does), before
 * `testDatabase`; its processes and files vanish with the calling process, however that ends.
 */
export async function startTestServer(
  root: string = process.cwd(),
  wishes: Wishes = {},
): Promise<{ stop(): Promise<void> }> {
  const server = await startThrowAwayServer(root, wishes);
  await atServer(server.urlOf("postgres"), `CREATE DATABASE ${template}`);
  await migrate(server.urlOf(template), join(root, "prisma", "migrations"), () => undefined);
  process.env[serverKey] = server.urlOf("postgres");
  return { stop: server.stop };
}

/** A new database, copied from the migrated template. Throws when no test server runs. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env[serverKey];
  if (server === undefined) throw new Error("No test server runs: call startTestServer first, or run under vitest.");
  const name = `test_${systemRandom.bytes(6).toString("hex")}`;
  await atServer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: server.replace("/postgres?", `/${name}?`),
    drop: () => atServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function atServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
