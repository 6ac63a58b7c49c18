import { config } from "@/lib/config/config";
import type { RawDb } from "@/lib/db/raw";
import { systemClock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";
import { rewriteAddresses } from "@/lib/rotation/addresses/rewrite-addresses";

/** What code does to stored rows at a start, in the turn of the migrations. `say`: words for the operator. */
export const rewriteStored =
  (say: (line: string) => void) =>
  (db: RawDb): Promise<void> =>
    rewriteAddresses(
      {
        now: systemClock.now(),
        random: systemRandom,
        db,
        requestId: null,
        visitor: { ip: "127.0.0.1", agent: "" },
        language: config().defaultLanguage,
        afterCommit: (act) => act(),
      },
      { say },
    );
