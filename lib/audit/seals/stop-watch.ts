import { findUnsealed } from "@/lib/audit/seals/store";
import type { RawDb } from "@/lib/db/client";
import { auditRules } from "@/lib/policy/audit-rules";

/**
 * Watches whether the sealing goes on. Asked once a minute, it counts how often in a row the newest seal was the same one and events waited behind it: by the moments
 * that they name nothing can be told, because a portal that was off all night finds yesterday's, and whoever writes by hand chooses them. Nor by a turn, which a hand can
 * hold for ever. Out: since when they wait, by what the oldest of them says, once that is long; or null.
 */
export type StopWatch = (db: RawDb) => Promise<Date | null>;

export function makeStopWatch(): StopWatch {
  let seen: { readonly seal: bigint | null; looks: number } | null = null;
  return async (db) => {
    const { seal, since } = await findUnsealed(db);
    if (since === null) {
      seen = null;
      return null;
    }
    seen = seen !== null && seen.seal === seal ? { seal, looks: seen.looks + 1 } : { seal, looks: 0 };
    return seen.looks * auditRules.sealEvery >= auditRules.stopped ? since : null;
  };
}
