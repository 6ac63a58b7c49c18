import { config } from "@/lib/config/config";
import type { Ctx, RawCtx } from "@/lib/context/context";
import { commandAgent } from "@/lib/context/device-name";
import type { Db, RawDb } from "@/lib/db/client";
import { systemRandom } from "@/lib/kernel/random";

/** The context of a command, at the moment `now`. Events are rows as always; their lines for the log are the portal's, not the terminal's. */
export const commandContext = (db: Db, now: Date): Ctx => ({ ...withoutDatabase(now), db });

/** The same for statements in SQL alone. */
export const rawCommandContext = (db: RawDb, now: Date): RawCtx => ({ ...withoutDatabase(now), db });

const withoutDatabase = (now: Date): Omit<Ctx, "db"> => ({
  now,
  random: systemRandom,
  visitor: { ip: "127.0.0.1", agent: commandAgent },
  language: config().defaultLanguage,
  requestId: null,
  afterCommit: () => undefined,
});
