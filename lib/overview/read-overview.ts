import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { listFactors } from "@/lib/factors/list-factors";
import { countUnused } from "@/lib/factors/recovery/store";
import type { FactorView } from "@/lib/factors/view";
import { findPasswordDate } from "@/lib/users/store";
import { mustHaveFactor } from "@/lib/users/user";

/** All that the security page tells, read once. */
export type Overview = {
  readonly factors: readonly FactorView[];
  readonly codesLeft: number;
  readonly passwordChangedAt: Date | null;
  readonly mustEnrol: boolean;
};

/** The state of one person's protection. Writes nothing. */
export async function readOverview(
  ctx: Ctx,
  person: { readonly userId: string; readonly isAdmin: boolean },
): Promise<Overview> {
  const [factors, codesLeft, passwordChangedAt] = await Promise.all([
    listFactors(ctx, person.userId),
    countUnused(ctx, person.userId),
    findPasswordDate(ctx, person.userId),
  ]);
  return {
    factors,
    codesLeft,
    passwordChangedAt,
    mustEnrol: factors.length === 0 && mustHaveFactor(person, config().secondFactor),
  };
}
