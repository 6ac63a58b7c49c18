import type { Purpose } from "@/lib/challenge/challenge";
import type { FactorKind } from "@/lib/factors/factor";

/** An open challenge as a page may see it: who (masked), why, how long, with what. */
export type ChallengeView = {
  readonly purpose: Purpose;
  readonly who: string;
  /** The action that a step-up is for; null at login. */
  readonly reason: string | null;
  readonly options: readonly FactorKind[];
  readonly returnTo: string;
  readonly expiresAt: Date;
};
