import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Node } from "@/e2e/support/cluster/node";

/** Nothing here takes longer, or it does not come at all. */
const limit = 300_000;

/** Whose Patroni says that it leads. */
export async function leaderOf(nodes: readonly Node[]): Promise<Node> {
  for (const node of nodes) if ((await statusOf(node, "primary")) === 200) return node;
  throw new Error("Nobody leads.");
}

const statusOf = ({ rest }: Node, path: string): Promise<number> =>
  fetch(`http://127.0.0.1:${rest}/${path}`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ status }) => status,
    () => 0,
  );

/** One leads, all others follow it, and where commits wait for one of them, one is there to be waited for. */
export async function isWhole(nodes: readonly Node[], isSynchronous: boolean): Promise<boolean> {
  const count = async (path: string) =>
    (await Promise.all(nodes.map((node) => statusOf(node, path)))).filter((status) => status === 200).length;
  const leads = (await count("primary")) === 1 && (await count("replica")) === nodes.length - 1;
  return leads && (!isSynchronous || (await count("synchronous")) >= 1);
}

/** Does a server that is not this one take a write? */
export async function writesElsewhere(url: string, gone: Node): Promise<boolean> {
  try {
    const [row] = await each(url, ["CREATE TABLE IF NOT EXISTS written (at timestamptz)", writing], 5_000);
    return Number(row?.port) !== gone.within;
  } catch {
    return false; // not yet
  }
}

const writing = "INSERT INTO written SELECT now() RETURNING inet_server_port() AS port";

/** These statements on one line, each for so many milliseconds at most. Out: the rows of the last. */
export async function each(
  url: string,
  statements: readonly string[],
  most = 60_000,
): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: most, query_timeout: most });
  client.on("error", () => undefined); // the statement that was under way says it too
  await client.connect();
  try {
    let rows: readonly Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Looks ten times a second whether that is so; fails after five minutes. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const begun = performance.now(); performance.now() - begun < limit; await pause(100)) if (await isSo()) return;
  throw new Error(`Not within five minutes: ${what}`);
}
