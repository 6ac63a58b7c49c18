import { setTimeout as pause } from "node:timers/promises";
import type { RawCtx } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";
import { type Clock, systemClock } from "@/lib/kernel/clock";
import type { Duration } from "@/lib/kernel/duration";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { portalRules } from "@/lib/policy/portal-rules";
import { measureSkew } from "@/lib/portals/clock-skew";
import { differencesTold } from "@/lib/portals/differences";
import type { Portal } from "@/lib/portals/portal";
import { deletePortal, listLiving, writeBeat } from "@/lib/portals/store";

/** What one beat measured: how many milliseconds this machine's clock is ahead of the database's. */
export type Beat = { readonly skewMs: number };

type Heart = {
  readonly context: () => RawCtx;
  readonly self: Portal;
  /** Hears it before anything is written; nothing of a beat whose question took too long to tell. */
  readonly onBeat?: ((beat: Beat) => void) | undefined;
  readonly clock?: Clock;
  readonly every?: Duration;
};

/**
 * The sign of life (liveness) by which portals on one database know of each other: a row that is written anew every five seconds. A beat that
 * fails is a line of the log, at most one a minute; the next one comes all the same. Returns how to stop: the row is gone then, where the
 * database answers.
 */
export function startHeartbeat({ context, self, onBeat, clock = systemClock, every = portalRules.beat }: Heart) {
  const tellDifferences = differencesTold(self);
  const complain = complaining();
  let skewMs = 0;
  const once = async () => {
    const measured = await measureSkew(rawOf(context().db), clock);
    skewMs = measured ?? skewMs;
    if (measured !== null) onBeat?.({ skewMs });
    await writeBeat(context(), self, skewMs);
    tellDifferences(await listLiving(context(), self.id));
  };
  let beating: Promise<void> | null = null;
  const beat = () => {
    beating ??= once()
      .catch(complain)
      .finally(() => {
        beating = null; // one at a time: a database that hangs is not asked more and more
      });
  };
  const timer = setInterval(beat, every);
  timer.unref();
  beat();
  return async (): Promise<void> => {
    clearInterval(timer);
    const leaving = (async () => {
      await beating;
      await deletePortal(context(), self.id);
    })().catch(() => undefined); // the row is old in a moment, and nobody can do anything about it
    await Promise.race([leaving, pause(portalRules.leaving, undefined, { ref: false })]);
  };
}

function complaining(): (fault: unknown) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (fault) => {
    if (performance.now() - last < portalRules.tellAgain) return;
    last = performance.now();
    logLine("warning", "heartbeat.failed", faultLine(fault));
  };
}
