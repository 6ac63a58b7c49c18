import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { codesOf, layersOf } from "@/lib/db/fault-layers";

/** "Try again": the statement or transaction lost against another one, and the database has undone all of it. */
const lost = new Set(["40001", "40P01", "P2034", "TransactionWriteConflict"]);

/** Nobody knows whether it was done: trying again could do it twice. */
const unknown = /^(?:40003|08[0-9A-Z]{3}|P1017|ConnectionClosed|ECONNRESET|EPIPE)$/;

const mostTries = 12;
const longest = 2_000;
const firstPause = 5;
const longestPause = 200;

/** True for a fault after which the database has undone everything, because somebody else was first. In: anything that was thrown. */
export function isLostTurn(fault: unknown): boolean {
  const codes = layersOf(fault).flatMap(codesOf);
  return codes.some((code) => lost.has(code)) && !codes.some((code) => unknown.test(code));
}

/**
 * Runs `attempt`, and again where it lost against another transaction (serialization failure or deadlock, PostgreSQL 40001 and 40P01): at most twelve
 * times and two seconds, with pauses of full jitter that double. Everything that `attempt` changes must lie in the database, in the one statement or
 * transaction that it is. Throws what the last one threw.
 */
export async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  const start = performance.now();
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (fault) {
      const wait = randomInt(1 + Math.min(longestPause, firstPause * 2 ** (tries - 1)));
      if (tries >= mostTries || performance.now() - start + wait > longest || !isLostTurn(fault)) throw fault;
      await pause(wait);
    }
  }
}
