import type pg from "pg";
import { connectAlone } from "@/lib/db/driver-settings";
import { type BothWays, directMistake } from "@/lib/db/one-database";
import { codesOf, layersOf } from "@/lib/kernel/fault-layers";
import { nameFaults } from "@/lib/kernel/fault-line";

/** What lies between the portal and its database. `transactions`: a pooler that hands each transaction another of its connections. */
export type Between = {
  readonly zone: string;
  readonly pooling: "none" | "transactions" | "statements";
  /** Whether a statement that was named is found again on every connection. */
  readonly keepsNames: boolean;
};

const patience = { connectionTimeoutMillis: 10_000, query_timeout: 3_000 };

/**
 * Looks at what lies between: two connections to `url` that are open at once have two servers, unless a pooler lends both the same. What it cannot see
 * (a pooler with a single connection makes the second wait) counts as none. Throws what connecting throws.
 */
export async function lookBetween(url: string): Promise<Between> {
  const [one, other] = [await connectAlone(url, patience), await connectAlone(url, patience)];
  try {
    const { rows } = await one.query<{ zone: string }>("SELECT current_setting('TimeZone') AS zone");
    const zone = rows[0]?.zone ?? "";
    if (!(await areTransactionsTaken(one))) return { zone, pooling: "statements", keepsNames: false };
    if (!(await haveOneServer(one, other))) return { zone, pooling: "none", keepsNames: true };
    return { zone, pooling: "transactions", keepsNames: await areNamesKept(one, other) };
  } finally {
    await Promise.allSettled([one.end(), other.end()]);
  }
}

async function areTransactionsTaken(client: pg.Client): Promise<boolean> {
  try {
    await client.query("BEGIN");
    await client.query("ROLLBACK");
    return true;
  } catch (fault) {
    if (codeOf(fault) === protocolViolation) return false; // PgBouncer: "transaction blocks not allowed in statement pooling mode"
    throw fault;
  }
}

/** Poolers lend the connection that came back last, so one look nearly always tells; three make sure. */
async function haveOneServer(one: pg.Client, other: pg.Client): Promise<boolean> {
  for (let looks = 0; looks < 3; looks += 1) {
    if ((await serverOf(one)) === (await serverOf(other))) return true;
  }
  return false;
}

async function serverOf(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return rows[0]?.pid;
}

/** Names a statement, then runs it while somebody else holds the server where it was named. */
async function areNamesKept(one: pg.Client, other: pg.Client): Promise<boolean> {
  const named = { name: "sallyport_between", text: "SELECT 1" };
  try {
    await one.query(named);
    await other.query("BEGIN");
    await other.query("SELECT 1");
    await one.query(named);
    await other.query(named); // and the other way round: the name is taken there, or known
    return true;
  } catch (fault) {
    if (nameFaults.has(codeOf(fault))) return false;
    if (codeOf(fault) === "") return true; // nobody answered in time: one connection is all that the pooler has
    throw fault;
  } finally {
    await other.query("ROLLBACK").catch(() => undefined);
  }
}

const protocolViolation = "08P01";

const codeOf = (fault: unknown): string => layersOf(fault).flatMap(codesOf)[0] ?? "";

type Addresses = BothWays & { readonly named: boolean };

/**
 * Is the way to the database one on which the portal's statements hold? Out: what is wrong and its cure, in a sentence for the operator; null: nothing
 * that could be seen. Throws what connecting throws.
 */
export async function betweenMistake({ url, directUrl, named }: Addresses): Promise<string | null> {
  const way = await lookBetween(url);
  if (way.zone !== "UTC")
    return `The database answers in the time zone ${way.zone} although it was asked for UTC: what stands between changes it, and every time would be off. Let it pass "SET TimeZone" on, or set DATABASE_URL past it.`;
  if (way.pooling === "statements")
    return "The pooler of DATABASE_URL hands out another connection for each statement and takes no transactions. Give it pool_mode = session or transaction.";
  if (way.pooling === "transactions" && named && !way.keepsNames)
    return "The pooler of DATABASE_URL hands out another connection for each transaction and does not know the statements' names there. Set DATABASE_STATEMENTS=unnamed, or let the pooler carry them (PgBouncer 1.21 and newer: max_prepared_statements = 200).";
  const direct = directUrl === url ? way : await lookBetween(directUrl);
  if (direct.pooling === "none") return directMistake({ url, directUrl });
  return directUrl === url
    ? "The pooler of DATABASE_URL hands out another connection for each transaction, and migrations need one of their own. Set DATABASE_DIRECT_URL to the same database past the pooler."
    : "DATABASE_DIRECT_URL leads through a pooler that hands out another connection for each transaction. Let it lead past the pooler.";
}
