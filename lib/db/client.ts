import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { config } from "@/lib/config/config";
import { driverSettings, introduce } from "@/lib/db/driver-settings";
import { Prisma, PrismaClient } from "@/lib/db/generated/client";
import { type RawDb, type RawPool, rawOn, retriedRaw } from "@/lib/db/raw";
import { retried } from "@/lib/db/retry";
import { statementName } from "@/lib/db/statement-name";

export { Prisma, type RawDb };
/** The database as the rooms see it: the client itself, or one open transaction. */
export type Db = PrismaClient | Prisma.TransactionClient;

const pools = new WeakMap<object, RawPool & { readonly raw: RawDb }>();

/**
 * How long we wait for a statement's answer, in milliseconds. A server that hangs does not count its own time, and every page would wait with it.
 * The server gives up far later: where it waits for a standby to have a commit, its own limit would end the wait and call the commit good, which a
 * failover then undoes. By then we have long called it a fault, and left that connection.
 */
const longestAnswer = 10_000;
const longestStatement = 3 * longestAnswer;

/** A pool's connections: how many at most, and whether their statements may have names. */
export type PoolSettings = { readonly size: number; readonly named: boolean };

/**
 * Opens at most `size` connections to `url`: a pool for statements in SQL, and a small one that Prisma makes for itself. Close both with
 * `$disconnect`. A statement outside a transaction that lost against another transaction is tried again.
 */
export function openDatabase(url: string, size = 16, named = true): PrismaClient {
  const prismas = Math.max(1, Math.floor(size / 3));
  const pool = openPool(url, Math.max(1, size - prismas));
  const open = () => openPrisma(url, { size: prismas, named });
  return clientOn({ pool, named }, { open, closePool: () => endOnce(pool) });
}

const endOnce = async (pool: pg.Pool) => {
  if (!pool.ending) await pool.end();
};

const settingsOf = (url: string) => ({
  ...driverSettings(url),
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 60_000,
  onConnect: (connection: pg.ClientBase) => introduce(connection, longestStatement),
  query_timeout: longestAnswer,
});

/** A pool of at most `max` connections for statements in SQL. */
export function openPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({ ...settingsOf(url), max });
  pool.on("error", () => undefined); // an idle connection was lost: the pool has dropped it, the next query takes another
  // one that is lost while it is lent out: whoever holds it gets the error of their query; unheard, it would end the process
  pool.on("connect", (connection) => connection.on("error", () => undefined));
  return pool;
}

/**
 * Prisma with a pool that it makes for itself. It is not handed ours: it recognises a pool by its class, and where two copies of the driver are
 * loaded it would take ours for settings and knock at the standard port instead.
 */
function openPrisma(url: string, { size, named }: PoolSettings): PrismaClient {
  const adapter = new PrismaPg(
    { ...settingsOf(url), max: size },
    {
      statementNameGenerator: ({ sql }) => (named ? statementName(sql) : ""),
      onConnectionError: () => undefined,
      onPoolError: () => undefined,
    },
  );
  return new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 10_000, timeout: 10_000 },
    errorFormat: "minimal",
  });
}

/** How Prisma is made, once somebody asks for it, and how the pool beside it is closed. */
type Ways = { readonly open: () => PrismaClient; readonly closePool: () => Promise<void> };

/**
 * Prisma's client and a pool as one. Its calls are tried again one by one, but for those of a transaction: that is tried again as a whole. Prisma itself is made
 * when somebody first asks for it: a start and many pages speak SQL alone.
 */
function clientOn(rawPool: RawPool, { open, closePool }: Ways): PrismaClient {
  let made: { readonly prisma: PrismaClient; readonly retrying: object } | null = null;
  const make = () => {
    const prisma = open();
    const retrying = prisma.$extends({
      query: { $allOperations: ({ args, query }) => retried(() => query(args)) },
    });
    return { prisma, retrying };
  };
  const asked = (name: string | symbol): unknown => {
    made ??= make();
    return name === "$transaction" ? made.prisma.$transaction.bind(made.prisma) : Reflect.get(made.retrying, name);
  };
  const close = async () => {
    await made?.prisma.$disconnect();
    await closePool();
  };
  const bare: PrismaClient = Object.create(PrismaClient.prototype);
  const client = new Proxy(bare, {
    get: (_, name) => (name === "$disconnect" ? close : asked(name)),
    has: (_, name) => name === "$transaction" || name in bare, // by this a whole client is told from an open transaction
  });
  pools.set(client, { ...rawPool, raw: retriedRaw(rawOn(rawPool.pool, rawPool.named)) });
  return client;
}

/** The pool under a client that `openDatabase` made; null for a transaction. */
export const poolOf = (db: object): RawPool | null => pools.get(db) ?? null;

/** The short way to speak SQL: past Prisma where `db` is a whole client, through the transaction where it is one. */
export const rawOf = <T extends RawDb>(db: T): RawDb => pools.get(db)?.raw ?? db;

declare global {
  /** The pool for statements in SQL. The serving entry and the parts of the built pages are several bundles, and what the operator allows is for all. */
  var sallyportPool: { readonly url: string; readonly pool: pg.Pool } | undefined;
  /** Prisma beside it, for all bundles that have their errors from one runtime; the serving entry has a runtime of its own, and speaks SQL alone. */
  var sallyportPrisma: { readonly url: string; readonly fault: unknown; readonly prisma: PrismaClient } | undefined;
}

let opened: { readonly url: string; readonly client: PrismaClient } | null = null;

/** The process's one database, `DATABASE_POOL` connections at most over its bundles; another one when the database has moved. */
export function database(): PrismaClient {
  const { databaseUrl, databasePool, namedStatements: named } = config();
  const url = databaseUrl?.reveal();
  if (!url) throw new Error("There is no database yet: it is started before the portal is.");
  if (opened?.url !== url) {
    void opened?.client.$disconnect();
    const size = Math.max(1, Math.floor((2 * databasePool) / 5)); // Prisma's part
    const pool = sharedPool(url, databasePool - size);
    const ways = { open: () => sharedPrisma(url, { size, named }), closePool: async () => undefined };
    opened = { url, client: clientOn({ pool, named }, ways) };
  }
  return opened.client;
}

function sharedPool(url: string, max: number): pg.Pool {
  const shared = globalThis.sallyportPool;
  if (shared?.url === url) return shared.pool;
  if (shared) void endOnce(shared.pool);
  const pool = openPool(url, max);
  globalThis.sallyportPool = { url, pool };
  return pool;
}

/** Whoever asks knows a fault of the database by its class: where the runtime is another, Prisma is another. */
function sharedPrisma(url: string, settings: PoolSettings): PrismaClient {
  const fault = Prisma.PrismaClientKnownRequestError;
  const shared = globalThis.sallyportPrisma;
  if (shared?.url === url && shared.fault === fault) return shared.prisma;
  const prisma = openPrisma(url, settings);
  globalThis.sallyportPrisma = { url, fault, prisma };
  return prisma;
}
