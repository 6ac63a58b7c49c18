import pg from "pg";

/** What the driver is told for every connection. */
export type DriverSettings = {
  readonly connectionString: string;
  readonly ssl: false;
  readonly application_name: string;
};

/**
 * Everything that the driver would otherwise take from its own environment (PGSSLMODE, PGOPTIONS, PGAPPNAME), said aloud: the address
 * decides and nothing beside it. `ssl` is what holds where the address says nothing about it. What else a connection needs is said by
 * `firstWords`, and not here: a pooler refuses options and limits of time at the connect, or drops them without a word.
 */
export function driverSettings(url: string): DriverSettings {
  return { connectionString: url, ssl: false, application_name: "sallyport" };
}

/**
 * What every connection says first, whatever the server, the database, its account or the address would have it be. Prisma writes moments without an
 * offset and drops the one it reads, so every connection keeps UTC: elsewhere rows would be off by hours, and under summer time one hour of
 * moments would come twice and what expired in it live again. Both drivers read moments and spans in one style only.
 */
const firstWords = "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'postgres'";

type Speaking = Pick<pg.ClientBase, "query">;

/** Says the first words on a fresh connection; with `limit` also how long a statement may run at most, in milliseconds. */
export async function introduce(connection: Speaking, limit?: number): Promise<void> {
  await connection.query(
    limit === undefined ? firstWords : `${firstWords}; SET statement_timeout = ${Math.round(limit)}`,
  );
}

type Patience = { readonly connectionTimeoutMillis: number; readonly query_timeout?: number };

/** One connection of its own to `url`, which has said its first words. Its loss is the error of the query that runs. The caller ends it. */
export async function connectAlone(url: string, patience: Patience): Promise<pg.Client> {
  const client = new pg.Client({ ...driverSettings(url), ...patience });
  client.on("error", () => undefined); // unheard, it would end the process
  try {
    await client.connect();
    await introduce(client);
    return client;
  } catch (fault) {
    await client.end().catch(() => undefined);
    throw fault;
  }
}
