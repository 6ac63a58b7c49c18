import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { answerableOf } from "@/lib/factors/on-offer";
import { findPeople } from "@/lib/operator/store";
import { demandOn, type Held, stillOwed } from "@/lib/policy/second-factor";

/** One account as an operator sees it: what protects it and whether it is kept waiting, never a secret. */
export type PersonLine = {
  readonly userId: string;
  readonly email: string;
  readonly username: string | null;
  /** That they may log in with; E.164. */
  readonly phone: string | null;
  readonly isAdmin: boolean;
  readonly state: "active" | "invited" | "disabled";
  /** Factors in force, by kind. */
  readonly factors: Held;
  /** How many factors policy asks of them now that they do not have. */
  readonly owes: number;
  /** Whether something is asked of them apart from everybody else. */
  readonly hasOwnPolicy: boolean;
  /** Unused ones. */
  readonly recoveryCodes: number;
  /** Until when strangers' passwords are not even judged; null when they are. */
  readonly passwordWaitsUntil: Date | null;
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
};

/** Every account, by e-mail. Writes nothing. */
export async function listPeople(ctx: RawCtx): Promise<PersonLine[]> {
  const rows = await findPeople(ctx);
  return rows.map(({ hasPassword, disabledAt, policy, held, ...row }) => {
    const factors = held ?? {};
    const demand = demandOn({ isAdmin: row.isAdmin, policy }, config().secondFactor, ctx.now);
    const owes = stillOwed(demand, answerableOf(factors, { policy }));
    return { ...row, factors, owes, hasOwnPolicy: policy !== null, state: stateOf(hasPassword, disabledAt) };
  });
}

function stateOf(hasPassword: boolean, disabledAt: Date | null): PersonLine["state"] {
  if (disabledAt !== null) return "disabled";
  return hasPassword ? "active" : "invited";
}
