import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { each, leaderOf, until, writesElsewhere } from "@/e2e/support/cluster/asks";
import type { Node } from "@/e2e/support/cluster/node";

/**
 * How a leader can be lost: its machine without power, its machine that hangs and comes back, its machine cut off from all others while it lives on, and the lead handed on by an operator.
 * "behind": without power, after those that follow it have heard nothing for a second.
 */
export const ways = ["kill", "frozen", "cut", "switch", "behind"] as const;
export type Way = (typeof ways)[number];

/** Who led, the milliseconds until another one took a write through haproxy, and how that machine comes back. */
export type Lost = { readonly name: string; readonly away: number; revive(): Promise<void> };

type Losses = {
  loseLeader(way: Way): Promise<Lost>;
  lateWrites(): Promise<{ readonly acknowledged: number; readonly lost: number }>;
};

/** `url`: the superuser's, through haproxy, whoever leads. */
export function makeLosses(nodes: readonly Node[], url: string): Losses {
  const acknowledged: number[] = [];
  const loseLeader = async (way: Way) => {
    const leader = await leaderOf(nodes);
    await each(url, [table]);
    if (way === "behind") await fallBehind(leader);
    const begun = performance.now();
    const revive = await lose[way](leader, url, acknowledged);
    await until("another one leads", () => writesElsewhere(url, leader));
    return { name: leader.name, away: performance.now() - begun, revive };
  };
  const lateWrites = async () => {
    const [row] = await each(url, [`SELECT count(*)::int AS kept FROM late WHERE id = ANY ('{${acknowledged}}')`]);
    return { acknowledged: acknowledged.length, lost: acknowledged.length - Number(row?.kept) };
  };
  return { loseLeader, lateWrites };
}

const table = "CREATE TABLE IF NOT EXISTS late (id int PRIMARY KEY)";

/** Not for long: behind by more than `maximum_lag_on_failover` none of them takes over, and there is nothing to see but 503. */
async function fallBehind(leader: Node): Promise<void> {
  leader.fallBehind();
  await pause(1_000);
}

type Lose = (leader: Node, url: string, acknowledged: number[]) => Promise<() => Promise<void>>;

const kill: Lose = async (leader) => {
  leader.kill();
  return async () => leader.start();
};

const lose: Readonly<Record<Way, Lose>> = {
  kill,
  behind: kill,
  cut: async (leader, url, acknowledged) => {
    const line = await lineTo(leader, url);
    leader.cut();
    const alone = writeUntilRefused(line, acknowledged);
    alone.catch(() => undefined); // told by whoever revives it
    return async () => {
      leader.mend();
      await alone;
    };
  },
  frozen: async (leader, url, acknowledged) => {
    const line = await lineTo(leader, url);
    leader.freeze();
    return () => wake(leader, line, acknowledged);
  },
  switch: async ({ name, rest }) => {
    const asked = await fetch(`http://127.0.0.1:${rest}/switchover`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ leader: name }),
    });
    if (!asked.ok) throw new Error(`Patroni did not hand on: ${asked.status} ${await asked.text()}`);
    return async () => undefined; // it follows by itself
  },
};

/** A line that a client has at this very server, past haproxy, from the time when it led. */
async function lineTo({ within }: Node, url: string): Promise<pg.Client> {
  const own = new URL(url);
  own.port = `${within}`;
  const client = new pg.Client({ connectionString: own.href, query_timeout: 60_000 });
  client.on("error", () => undefined); // the write that is under way says it too
  await client.connect();
  return client;
}

/** It wakes and still believes that it leads. */
async function wake(leader: Node, line: pg.Client, acknowledged: number[]): Promise<void> {
  leader.thaw();
  await writeUntilRefused(line, acknowledged);
}

/** Numbers that no other leader has given. */
let written = 0;

/** Longer than a machine takes to notice that another one leads. */
const longest = 120_000;

/** Writes go to a leader that may be none any more, one after the other, until it takes none. What it acknowledges must be kept where commits wait for a second machine. */
async function writeUntilRefused(line: pg.Client, acknowledged: number[]): Promise<void> {
  const begun = performance.now();
  try {
    for (; performance.now() - begun < longest; await pause(1)) {
      written += 1;
      const id = written;
      await line.query("INSERT INTO late VALUES ($1)", [id]);
      acknowledged.push(id);
    }
  } catch {
    return; // no leader any more: a line that ended, or a server that takes no writes
  } finally {
    await line.end().catch(() => undefined);
  }
  throw new Error("A leader that was frozen or cut off goes on as one, with another that led meanwhile.");
}
