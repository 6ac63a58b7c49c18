import { config } from "@/lib/config/config";
import { beginWithKeys } from "@/lib/crypto/begin-with-keys";
import type { RawDb } from "@/lib/db/raw";
import { systemClock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";
import { rewriteAddresses } from "@/lib/rotation/addresses/rewrite-addresses";
import { rewriteHandles } from "@/lib/rotation/handles/rewrite-handles";

/**
 * What code does to stored rows at a start, in the turn of the migrations: the first time, the database becomes that of this ring; and names that hang on
 * another key come under the index keys. `say`: words for the operator. Nothing happens under keys that are not those of this database: the start is
 * about to end.
 */
export const rewriteStored =
  (say: (line: string) => void) =>
  async (db: RawDb): Promise<void> => {
    const begun = await beginWithKeys(db);
    if ("mistake" in begun) return;
    const ctx = {
      now: systemClock.now(),
      random: systemRandom,
      db,
      requestId: null,
      visitor: { ip: "127.0.0.1", agent: "" },
      language: config().defaultLanguage,
      afterCommit: (act: () => void) => act(),
    };
    await rewriteHandles(ctx, { keyIsFresh: begun.made > 0 });
    await rewriteAddresses(ctx, { say });
  };
