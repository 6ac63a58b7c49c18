import type { Ctx } from "@/lib/context/context";
import { between, later, milliseconds } from "@/lib/kernel/duration";
import { portalRules } from "@/lib/policy/portal-rules";

/** Whom work asks for the hour that nobody has asked for: a letter, a wait, a turn. */
export type Hour = {
  /** Of this very moment, outside any transaction. */
  readonly context: () => Ctx;
  /** What the database's clock says: it decides, because all portals share it. */
  readonly databaseClock: () => Promise<Date>;
  /** Whether this portal's clock and the database's agree: else one of them is wrong, and nobody knows which. */
  readonly mayDecide: () => boolean;
};

/**
 * The hour by which a portal may decide what it does by itself: the database's, asked for anew each time, and from its answer on by the machine's stopwatch, so that
 * whoever sets a clock meanwhile changes nothing. Out: the context of each moment from now on; null while that clock and this machine's are apart, or whoever watches the
 * hour says so: then nothing is decided. A database whose clock has just leapt is noticed here before anybody else has measured it. Throws what the database throws.
 */
export async function rightHour({ context, databaseClock, mayDecide }: Hour): Promise<(() => Ctx) | null> {
  if (!mayDecide()) return null;
  const { now: ours } = context();
  const theirs = await databaseClock();
  const answered = performance.now();
  if (Math.abs(between(ours, theirs)) > portalRules.clocksApart) return null;
  return () => ({ ...context(), now: later(theirs, milliseconds(performance.now() - answered)) });
}
