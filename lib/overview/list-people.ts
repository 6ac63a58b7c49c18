import type { Ctx } from "@/lib/context/context";
import { findPeople } from "@/lib/overview/store";

/** One account as an operator sees it: what protects it and whether it is kept waiting, never a secret. */
export type PersonLine = {
  readonly userId: string;
  readonly email: string;
  readonly username: string | null;
  readonly isAdmin: boolean;
  readonly state: "active" | "invited" | "disabled";
  /** Factors in force. */
  readonly factors: number;
  /** Unused ones. */
  readonly recoveryCodes: number;
  /** Until when strangers' passwords are not even judged; null when they are. */
  readonly passwordWaitsUntil: Date | null;
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
};

/** Every account, by e-mail. Writes nothing. */
export async function listPeople(ctx: Ctx): Promise<PersonLine[]> {
  const rows = await findPeople(ctx);
  return rows.map(({ hasPassword, disabledAt, ...row }) => ({ ...row, state: stateOf(hasPassword, disabledAt) }));
}

function stateOf(hasPassword: boolean, disabledAt: Date | null): PersonLine["state"] {
  if (disabledAt !== null) return "disabled";
  return hasPassword ? "active" : "invited";
}
