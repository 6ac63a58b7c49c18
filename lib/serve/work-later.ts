import { setTimeout as pause } from "node:timers/promises";
import type { Duration } from "@/lib/kernel/duration";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";

type End = () => Promise<void>;

/** Work that begins later. `end`: ends it, or sees that it never begins. `isWell`: false from the moment at which it could not begin; such a portal is not ready. */
export type Work = { readonly end: End; readonly isWell: () => boolean };

/** Begins work after a wait, beside whatever the process does until then. `begin` gives back how to end it; what it throws is one line of the log. */
export function workLater(begin: () => Promise<End>, wait: Duration): Work {
  const over = new AbortController();
  let isWell = true;
  const begun = pause(wait, undefined, { ref: false, signal: over.signal })
    .then(begin)
    .catch((fault: unknown): End => {
      if (!over.signal.aborted) {
        isWell = false;
        logLine("error", "work.not_begun", faultLine(fault));
      }
      return async () => undefined;
    });
  const end = async () => {
    over.abort();
    await (await begun)();
  };
  return { end, isWell: () => isWell };
}
