import { availableParallelism } from "node:os";
import { later, milliseconds, seconds } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { tally } from "@/lib/kernel/tally";
import { policy } from "@/lib/policy/policy";

/** A place at the hashing table; `leave` it exactly once. */
export type Place = { readonly leave: () => void };

const seats = 2 * availableParallelism();
const waiting: (() => void)[] = [];
let taken = 0;

/**
 * Waits for a place to hash a password: 2 × cores at once, a bounded queue behind them (ASVS 15.2.2).
 * Taken before a try is consumed, so that a full house costs nobody a try. A full queue throws `hash.busy`, which the web answers with 503.
 */
export async function takePlace(now: Date): Promise<Place> {
  refuseWhenFull(now);
  await haveSeat();
  let left = false;
  return {
    leave: () => {
      if (left) return;
      left = true;
      tally({ what: "hashing", step: "left" });
      const next = waiting.shift();
      if (next) next();
      else taken -= 1;
    },
  };
}

/** Throws `hash.busy` while nobody more can wait. For whoever would ask the database first: in a crowd, being refused must cost less than being let in. */
export function refuseWhenFull(now: Date): void {
  if (taken < seats || waiting.length < policy.password.waitingRoom) return;
  tally({ what: "hashing", step: "full" });
  throw new DomainError("hash.busy", { retryAt: later(now, seconds(5)) });
}

async function haveSeat(): Promise<void> {
  if (taken < seats) {
    taken += 1;
    tally({ what: "hashing", step: "sits", waited: null });
    return;
  }
  const begun = performance.now();
  tally({ what: "hashing", step: "waits" });
  await new Promise<void>((seat) => waiting.push(seat)); // the one who leaves hands the seat over
  tally({ what: "hashing", step: "sits", waited: milliseconds(performance.now() - begun) });
}
