import { config } from "@/lib/config/config";
import { type RawCtx, sql } from "@/lib/context/context";
import { stepAt } from "@/lib/factors/totp/code";

/**
 * After a restore: spends every code that is right at this moment, at every app: some were used since the backup, and nobody could tell which (RFC 6238,
 * section 5.2). Whoever reads a later one is let in. Out: of how many apps.
 */
export function spendPresentSteps(ctx: RawCtx): Promise<number> {
  const last = stepAt(ctx.now) + config().totpWindow;
  return sql(ctx).$executeRaw`
    UPDATE factors SET last_step = ${last}::int WHERE kind = 'totp' AND (last_step IS NULL OR last_step < ${last}::int)`;
}
