import { isOver, later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** Who is here and how they proved it. Made from the session's row and the person's at every request; nothing is authorised by a cookie alone. */
export type CurrentSession = {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly username: string | null;
  readonly isAdmin: boolean;
  readonly credentialVersion: number;
  readonly amr: readonly string[];
  readonly provenAt: Date;
  readonly provenWith: string;
  readonly deviceId: string | null;
  readonly lastSeenAt: Date;
  /** True when any factor is active, of whatever kind. */
  readonly hasFactor: boolean;
};

/** How a completed login or step-up was proven. */
export type Proof = { readonly amr: readonly string[]; readonly with: string };

/** What stands in `provenWith` when nothing but the password was asked. */
export const passwordProof = "password";

/** True while the last proof is at most ten minutes old and was the strongest kind that the account has. */
export function isFresh(session: Pick<CurrentSession, "provenAt" | "provenWith" | "hasFactor">, now: Date): boolean {
  const strongEnough = !session.hasFactor || session.provenWith !== passwordProof;
  return strongEnough && !isOver(later(session.provenAt, policy.proof.freshFor), now);
}
