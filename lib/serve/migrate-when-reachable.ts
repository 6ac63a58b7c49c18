import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { config } from "@/lib/config/config";
import type { Config } from "@/lib/config/read-config";
import { isDatabaseFault } from "@/lib/db/database-fault";
import { migrate } from "@/lib/db/migrate";
import { betweenMistake } from "@/lib/db/pooler";
import { rewriteStored } from "@/lib/serve/rewrite-stored";

const tries = 30;

type Say = (line: string) => void;

/**
 * Brings the database up to this version's migrations. `settings` as they were before a built-in database told its address: nothing lies between
 * that one and the portal. A database of the operator's own may start after us: a minute of patience, then the start ends. Throws an Error for the operator.
 */
export async function migrateWhenReachable(root: string, settings: Config, say: Say): Promise<void> {
  for (let left = tries; ; left -= 1) {
    try {
      if (settings.databaseUrl !== null) await lookAtTheWay(settings);
      await migrate(directUrl(), join(root, "prisma", "migrations"), say, rewriteStored(say));
      return;
    } catch (fault) {
      if (!isDatabaseFault(fault)) throw fault;
      if (left <= 1) throw new Error(`The database did not let the portal in for a minute: ${reasonOf(fault)}.`);
      if (left === tries) say(`Waiting for the database (${reasonOf(fault)})…`);
      await pause(2_000);
    }
  }
}

/** Past a pooler where one is named. */
function directUrl(): string {
  const { databaseUrl, databaseDirectUrl } = config();
  return (databaseDirectUrl ?? databaseUrl)?.reveal() ?? "";
}

async function lookAtTheWay({ databaseUrl, namedStatements: named }: Config): Promise<void> {
  const mistake = await betweenMistake({ url: databaseUrl?.reveal() ?? "", directUrl: directUrl(), named });
  if (mistake !== null) throw new Error(mistake);
}

/** A fault in words. An attempt at several addresses has none of its own, only those of each. */
export function reasonOf(fault: unknown): string {
  if (fault instanceof AggregateError && fault.errors.length > 0) return reasonOf(fault.errors[0]);
  return fault instanceof Error && fault.message !== "" ? fault.message : String(fault);
}
