import pg from "pg";

const isolations = ["read committed", "repeatable read", "serializable"] as const;

/** What other databases than a fresh PostgreSQL do. */
export type Manners = {
  /** The isolation that a transaction has which asks for none. */
  readonly isolation: (typeof isolations)[number] | null;
  /** Sequences hand a hundred numbers at once to each connection, as databases of several machines do: a later row may have a smaller one. */
  readonly cachedSequences: boolean;
};

/** Reads what was asked for on a command line. Throws a sentence for whoever typed another isolation. */
export function mannersOf(asked: { readonly isolation?: string | undefined; readonly cached: boolean }): Manners {
  const isolation = isolations.find((one) => one === asked.isolation) ?? null;
  if (asked.isolation !== undefined && isolation === null)
    throw new Error(`--isolation is one of: ${isolations.join(", ")}.`);
  return { isolation, cachedSequences: asked.cached };
}

/** A few words for the line of a result; empty for a PostgreSQL as it comes. */
export const inWords = ({ isolation, cachedSequences }: Manners): string =>
  [isolation ?? "", cachedSequences ? "sequences by the hundred" : ""].filter((word) => word !== "").join(", ");

/** Teaches a test database these manners, for every connection from now on; whoever is connected already is cut off, and comes back with them. */
export async function teach(url: string, { isolation, cachedSequences }: Manners): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    if (isolation !== null) await client.query(isolated(isolation));
    if (cachedSequences) await client.query(byTheHundred);
    await client.query(alone);
  } finally {
    await client.end();
  }
}

const isolated = (isolation: string) => `DO $$ BEGIN
  EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = %L', current_database(), '${isolation}');
END $$`;

const byTheHundred = `DO $$
DECLARE one record;
BEGIN
  FOR one IN SELECT oid::regclass AS name FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace LOOP
    EXECUTE format('ALTER SEQUENCE %s CACHE 100', one.name);
  END LOOP;
END $$`;

const alone = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;
