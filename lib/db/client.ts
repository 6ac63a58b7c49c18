import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { config } from "@/lib/config/config";
import { driverSettings } from "@/lib/db/driver-settings";
import { Prisma, PrismaClient } from "@/lib/db/generated/client";
import { type RawDb, rawOn, statementName } from "@/lib/db/raw";

export { Prisma, type RawDb };
/** The database as the rooms see it: the client itself, or one open transaction. */
export type Db = PrismaClient | Prisma.TransactionClient;

const pools = new WeakMap<object, { readonly pool: pg.Pool; readonly raw: RawDb }>();

/**
 * Opens at most `size` connections to `url`: a pool for statements in SQL, and a small one that Prisma makes for itself. Prisma is
 * not handed ours: it recognises a pool by its class, and where two copies of the driver are loaded it would take ours for settings and
 * knock at the standard port instead. Close both with `$disconnect`. No statement may run for more than ten seconds.
 */
export function openDatabase(url: string, size = 16): PrismaClient {
  const settings = {
    ...driverSettings(url),
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 60_000,
    // the second limit is ours: a server that hangs does not count its own time, and every page would wait with it
    statement_timeout: 10_000,
    query_timeout: 11_000,
  };
  const prismas = Math.max(1, Math.floor(size / 3));
  const pool = new pg.Pool({ ...settings, max: Math.max(1, size - prismas) });
  pool.on("error", () => undefined); // an idle connection was lost: the pool has dropped it, the next query takes another
  // one that is lost while it is lent out: whoever holds it gets the error of their query; unheard, it would end the process
  pool.on("connect", (connection) => connection.on("error", () => undefined));
  const adapter = new PrismaPg(
    { ...settings, max: prismas },
    {
      statementNameGenerator: ({ sql }) => statementName(sql),
      onConnectionError: () => undefined,
      onPoolError: () => undefined,
    },
  );
  const client = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 10_000, timeout: 10_000 },
    errorFormat: "minimal",
  });
  const closePrismas = client.$disconnect.bind(client);
  client.$disconnect = async () => {
    await closePrismas();
    if (!pool.ending) await pool.end();
  };
  pools.set(client, { pool, raw: rawOn(pool) });
  return client;
}

/** The pool under a client that `openDatabase` made; null for a transaction. */
export const poolOf = (db: object): pg.Pool | null => pools.get(db)?.pool ?? null;

/** The short way to speak SQL: past Prisma where `db` is a whole client, through the transaction where it is one. */
export const rawOf = <T extends RawDb>(db: T): RawDb => pools.get(db)?.raw ?? db;

let opened: { readonly url: string; readonly client: PrismaClient } | null = null;

/** The process's one pool; another one when the database has moved. */
export function database(): PrismaClient {
  const databaseUrl = config().databaseUrl?.reveal();
  if (!databaseUrl) throw new Error("There is no database yet: it is started before the portal is.");
  if (opened?.url !== databaseUrl) {
    void opened?.client.$disconnect();
    opened = { url: databaseUrl, client: openDatabase(databaseUrl) };
  }
  return opened.client;
}
