import type { RawDb } from "@/lib/db/raw";
import { type Clock, systemClock } from "@/lib/kernel/clock";
import { between, seconds } from "@/lib/kernel/duration";
import { readDatabaseClock } from "@/lib/portals/store";

/** An answer that took longer may have been given at the wrong end of that time: half of it must stay below what counts as apart. */
const longestAnswer = seconds(3);

/**
 * How many milliseconds `clock` is ahead of the database's (negative: behind), to half of what the question took. Null where the answer came too late
 * to tell; throws what the database throws.
 */
export async function measureSkew(db: RawDb, clock: Clock = systemClock): Promise<number | null> {
  const [asked, begun] = [clock.now(), performance.now()];
  const theirs = await readDatabaseClock(db);
  const took = performance.now() - begun;
  return took > longestAnswer ? null : Math.round(between(theirs, asked) + took / 2);
}
