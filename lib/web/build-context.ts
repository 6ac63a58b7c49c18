import { headers } from "next/headers";
import { cache } from "react";
import type { Ctx } from "@/lib/context/context";
import { database } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";
import { requestId, visitor } from "@/lib/web/visitor";
import { words } from "@/lib/web/words";

/** The one place where a real context is made: one per request, with one instant. */
export const buildContext = cache(async (): Promise<Ctx> => {
  const [head, { language }] = await Promise.all([headers(), words()]);
  return {
    now: systemClock.now(),
    random: systemRandom,
    db: database(),
    visitor: visitor(head),
    language,
    requestId: requestId(head),
    afterCommit: (act) => act(),
  };
});
