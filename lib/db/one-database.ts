import type pg from "pg";
import { connectAlone } from "@/lib/db/driver-settings";
import { systemRandom } from "@/lib/kernel/random";

/** The addresses of a database: by the way that everybody takes, and past a pooler. */
export type BothWays = { readonly url: string; readonly directUrl: string };

const patience = { connectionTimeoutMillis: 10_000, query_timeout: 3_000 };

/**
 * Do both ways lead to one database of one server? A slip in the direct one would migrate somebody else's and back it up. Out: what is wrong and its cure, in a
 * sentence for the operator; null: they do. Throws what connecting throws.
 */
export async function directMistake({ url, directUrl }: BothWays): Promise<string | null> {
  if (directUrl === url || (await leadToOne({ url, directUrl }))) return null;
  return "DATABASE_DIRECT_URL leads to another database than DATABASE_URL, which migrations would change and backups would hold. Let both lead to one database on one server.";
}

/**
 * What is locked through one must be seen through the other: names prove nothing, because a pooler may give a database another one, and addresses neither. Who is shown no lock,
 * not even their own, can tell nothing, and takes it for one database.
 */
async function leadToOne({ url, directUrl }: BothWays): Promise<boolean> {
  const direct = await connectAlone(directUrl, patience);
  try {
    const lock = [0, 4].map((at) => systemRandom.bytes(8).readUInt32BE(at) >>> 1);
    await direct.query("SELECT pg_try_advisory_lock($1::int, $2::int)", lock);
    if (!(await seesLock(direct, lock))) return true;
    const other = await connectAlone(url, patience);
    return await seesLock(other, lock).finally(() => other.end());
  } finally {
    await direct.end().catch(() => undefined); // and the lock with it
  }
}

async function seesLock(client: pg.Client, lock: readonly number[]): Promise<boolean> {
  const { rows } = await client.query<{ seen: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint = $1 AND objid::bigint = $2
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS seen`,
    [...lock],
  );
  return rows[0]?.seen === true;
}
