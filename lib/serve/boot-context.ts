import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { database } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";

/** The context of what the portal does by itself, for nobody who asks: this machine, its hour, the language of the house. */
export function bootContext(): Ctx {
  return {
    now: systemClock.now(),
    random: systemRandom,
    db: database(),
    visitor: { ip: "127.0.0.1", agent: "" },
    language: config().defaultLanguage,
    requestId: null,
    afterCommit: (act) => act(),
  };
}
