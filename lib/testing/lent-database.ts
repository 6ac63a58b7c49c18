import pg from "pg";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";

/** Databases that a test file of this process has given back: migrated, empty, and nobody is connected to them. */
const free: TestDatabase[] = [];

/** What the schema of a fresh copy looks like. */
const fresh: { look: string | null } = { look: null };

/**
 * A database like one of `testDatabase`, perhaps one that an earlier test file of this process has given back: copying the template and dropping
 * the copy takes many times the work of emptying it. `drop` gives it back; one whose schema was changed goes for good.
 */
export async function lentDatabase(): Promise<TestDatabase> {
  const database = free.pop() ?? (await testDatabase());
  fresh.look ??= await asked(database.url, look);
  return { url: database.url, drop: () => giveBack(database) };
}

async function giveBack(database: TestDatabase): Promise<void> {
  if ((await asked(database.url, `${alone}; ${emptied}; ${rewound}; ${look}`)) === fresh.look) free.push(database);
  else await database.drop();
}

/** In: statements. Out: the one value of the last one. */
async function asked(url: string, statements: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const results = [await client.query(statements)].flat();
    return String(Object.values(results.at(-1)?.rows[0] ?? {})[0]);
  } finally {
    await client.end();
  }
}

/** Whoever is still connected, and might yet write, is gone. */
const alone = `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`;

/**
 * One statement that leaves no row but those of the migrations, for a superuser. TRUNCATE makes new files of a table and of all its indexes:
 * it is for tables that have grown, where nobody else would clear the dead rows away. What refers to what does not matter, because all goes.
 */
export const emptied = `DO $$
DECLARE filled record;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR filled IN SELECT oid::regclass AS name, pg_relation_size(oid) > 65536 AS is_large FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations' AND pg_relation_size(oid) > 0
  LOOP
    IF filled.is_large THEN EXECUTE format('TRUNCATE %s CASCADE', filled.name);
    ELSE EXECUTE format('DELETE FROM %s', filled.name);
    END IF;
  END LOOP;
END $$`;

/** Numbers begin with one again. */
const rewound = "SELECT setval(seqrelid, seqstart, false) FROM pg_sequence";

/** Everything of a schema that a test could have changed, and what ANALYZE has gathered, as one fingerprint. Copies of a template have its ids. */
const look = `SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
  SELECT format('table %s %s', oid, relname) FROM pg_class WHERE oid >= 16384 AND relkind <> 't'
  UNION ALL SELECT format('column %s %s %s %s', attrelid, attname, atttypid, attnotnull) FROM pg_attribute WHERE attrelid >= 16384
  UNION ALL SELECT format('default %s %s', oid, adbin) FROM pg_attrdef
  UNION ALL SELECT format('constraint %s', c) FROM pg_constraint c WHERE oid >= 16384
  UNION ALL SELECT format('trigger %s %s', oid, tgenabled) FROM pg_trigger
  UNION ALL SELECT format('function %s %s', oid, prosrc) FROM pg_proc WHERE oid >= 16384
  UNION ALL SELECT format('schema %s %s', oid, nspacl) FROM pg_namespace
  UNION ALL SELECT format('setting %s', setconfig) FROM pg_db_role_setting
  UNION ALL SELECT format('statistics %s %s', starelid, staattnum) FROM pg_statistic WHERE starelid >= 16384
) AS parts (part)`;
