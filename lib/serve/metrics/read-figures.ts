import { findUnsealed } from "@/lib/audit/seals/store";
import { findLastBackup } from "@/lib/backup/store";
import type { Ctx } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";
import { between, earlier } from "@/lib/kernel/duration";
import { countOpenLetters, type OpenLetters } from "@/lib/letters/waiting/store";
import { restingKinds } from "@/lib/notices/resting-kinds";
import { metricsRules } from "@/lib/policy/metrics-rules";
import { measureSkew } from "@/lib/portals/clock-skew";
import { countLiving, type Living } from "@/lib/portals/store";
import { countDue } from "@/lib/waiting/store";
import { countUntold } from "@/lib/waiting/untold/store";

/** What only the database knows, in numbers. */
export type Figures = {
  readonly letters: readonly OpenLetters[];
  readonly portals: Living;
  readonly changesOverdue: number;
  /** Changes that wait and of which nobody has been told. */
  readonly changesUntold: number;
  /** How old the oldest event is that has no seal, in milliseconds; 0: all have one. */
  readonly unsealedMs: number;
  /** When the schedule's newest backup was made. */
  readonly backupMade: Date | null;
  /** How many milliseconds this machine's clock is ahead of the database's; null where that cannot be told. */
  readonly skewMs: number | null;
};

/** Asks the database, one question after the other, so that it takes one connection. `self`: this portal's id. Throws what the database throws. */
export async function readFigures(ctx: Ctx, self: string | null): Promise<Figures> {
  const skewMs = await measureSkew(rawOf(ctx.db));
  const portals = await countLiving(ctx, self);
  const letters = await countOpenLetters(ctx, restingKinds());
  const changesOverdue = await countDue(ctx, earlier(ctx.now, metricsRules.overdue));
  const changesUntold = await countUntold(ctx);
  const { since } = await findUnsealed(rawOf(ctx.db));
  const unsealedMs = since === null ? 0 : Math.max(0, between(since, ctx.now));
  return { letters, portals, changesOverdue, changesUntold, unsealedMs, backupMade: await findLastBackup(ctx), skewMs };
}
