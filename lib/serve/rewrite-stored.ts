import { config } from "@/lib/config/config";
import { findKeyMistake } from "@/lib/crypto/canary";
import { makeIndexKeys, openIndexKeys } from "@/lib/crypto/index-keys";
import type { RawDb } from "@/lib/db/raw";
import { systemClock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";
import { rewriteAddresses } from "@/lib/rotation/addresses/rewrite-addresses";
import { rewriteHandles } from "@/lib/rotation/handles/rewrite-handles";

/**
 * What code does to stored rows at a start, in the turn of the migrations: the index keys are made, the first time, and names that hang on
 * another key come under them. `say`: words for the operator. Nothing happens under keys that are not those of this database: the start is
 * about to end.
 */
export const rewriteStored =
  (say: (line: string) => void) =>
  async (db: RawDb): Promise<void> => {
    if ((await findKeyMistake(db)) !== null) return;
    const made = await makeIndexKeys(db);
    if ((await openIndexKeys(db)) !== null) return;
    const ctx = {
      now: systemClock.now(),
      random: systemRandom,
      db,
      requestId: null,
      visitor: { ip: "127.0.0.1", agent: "" },
      language: config().defaultLanguage,
      afterCommit: (act: () => void) => act(),
    };
    await rewriteHandles(ctx, { keyIsFresh: made > 0 });
    await rewriteAddresses(ctx, { say });
  };
