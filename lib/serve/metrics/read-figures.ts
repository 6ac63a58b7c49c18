import { findLastBackup } from "@/lib/backup/store";
import type { Ctx } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";
import { earlier } from "@/lib/kernel/duration";
import { countOpenLetters, type OpenLetters } from "@/lib/letters/waiting/store";
import { metricsRules } from "@/lib/policy/metrics-rules";
import { measureSkew } from "@/lib/portals/clock-skew";
import { countLiving, type Living } from "@/lib/portals/store";
import { countDue } from "@/lib/waiting/store";

/** What only the database knows, in numbers. */
export type Figures = {
  readonly letters: readonly OpenLetters[];
  readonly portals: Living;
  readonly changesOverdue: number;
  /** When the schedule's newest backup was made. */
  readonly backupMade: Date | null;
  /** How many milliseconds this machine's clock is ahead of the database's; null where that cannot be told. */
  readonly skewMs: number | null;
};

/** Asks the database, one question after the other, so that it takes one connection. `self`: this portal's id. Throws what the database throws. */
export async function readFigures(ctx: Ctx, self: string | null): Promise<Figures> {
  const skewMs = await measureSkew(rawOf(ctx.db));
  const portals = await countLiving(ctx, self);
  const letters = await countOpenLetters(ctx);
  const changesOverdue = await countDue(ctx, earlier(ctx.now, metricsRules.overdue));
  return { letters, portals, changesOverdue, backupMade: await findLastBackup(ctx), skewMs };
}
