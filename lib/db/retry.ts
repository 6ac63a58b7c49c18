import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { codesOf, layersOf } from "@/lib/kernel/fault-layers";
import { tally } from "@/lib/kernel/tally";

/** "Try again": the statement or transaction lost against another one, and the database has undone all of it. */
const lost = new Set(["40001", "40P01", "P2034", "TransactionWriteConflict"]);

/** Nobody knows whether it was done: trying again could do it twice. */
const unknown = /^(?:40003|08[0-9A-Z]{3}|P1017|ConnectionClosed|ECONNRESET|EPIPE)$/;

const mostTries = 12;
const longest = 5_000;
const firstPause = 5;
const longestPause = 200;
/** Nobody waits longer than this for those before them in line, in milliseconds: one that hangs must not hang all. */
const patience = 500;

/** True for a fault after which the database has undone everything, because somebody else was first. In: anything that was thrown. */
export function isLostTurn(fault: unknown): boolean {
  const codes = layersOf(fault).flatMap(codesOf);
  return codes.some((code) => lost.has(code)) && !codes.some((code) => unknown.test(code));
}

/**
 * Runs `attempt`, and again where it lost against another transaction (serialization failure or deadlock, PostgreSQL 40001 and 40P01): at most twelve
 * times and five seconds from the first loss on, with pauses of full jitter that double. Those of this process that have lost come one after the other: of fifty at one row each
 * would otherwise lose to all others, again and again. Everything that `attempt` changes must lie in the database, in the one statement or
 * transaction that it is. Throws what the last one threw.
 */
export async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  let lostAt: number | null = null; // before that it may have waited for a connection: that is no try
  for (let tries = 1; ; tries += 1) {
    try {
      return await (tries === 1 ? attempt() : inLine(attempt));
    } catch (fault) {
      lostAt ??= performance.now();
      const wait = randomInt(1 + Math.min(longestPause, firstPause * 2 ** (tries - 1)));
      const isLost = isLostTurn(fault);
      const isLast = tries >= mostTries || performance.now() - lostAt + wait > longest;
      if (isLost) tally({ what: "turn lost", isLast });
      if (isLast || !isLost) throw fault;
      await pause(wait);
    }
  }
}

let last: Promise<void> = Promise.resolve();

/** Runs `attempt` when whoever came before is done, or was waited for long enough. */
async function inLine<T>(attempt: () => Promise<T>): Promise<T> {
  const before = last;
  const own = { leave: () => {} };
  last = new Promise((resolve) => {
    own.leave = resolve;
  });
  await Promise.race([before, pause(patience, undefined, { ref: false })]);
  try {
    return await attempt();
  } finally {
    own.leave();
  }
}
