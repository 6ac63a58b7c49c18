import type { Purpose } from "@/lib/challenge/challenge";
import type { CeremonyOptions } from "@/lib/factors/strategy";
import type { WhenLost } from "@/lib/policy/freshness";
import type { BoundKind, FactorKind } from "@/lib/policy/traits";

/** An open challenge as a page may see it: who (masked), why, how long, with what. */
export type ChallengeView = {
  readonly purpose: Purpose;
  readonly who: string;
  /** The action that a step-up is for; null at login. */
  readonly reason: string | null;
  /** In the order in which they are offered. */
  readonly options: readonly FactorKind[];
  /** Those that are closed to this browser after too many wrong codes; they stand last. */
  readonly closed: readonly FactorKind[];
  /** Of a step-up whose person has something that is too weak for it: what whoever has lost the rest does instead. Null: nothing. */
  readonly whenLost: WhenLost | null;
  /** What may be bound instead of answered, by somebody who holds nothing though policy demands it; otherwise empty. */
  readonly enrols: readonly BoundKind[];
  /** With which of the ways its browser may be trusted, and for how many days; null: with none. */
  readonly trust: { readonly kinds: readonly FactorKind[]; readonly days: number } | null;
  readonly returnTo: string;
  readonly expiresAt: Date;
  /** One more wrong answer ends it: it was its last one, or at a step-up its session's. */
  readonly isLastTry: boolean;
};

/** What a way's form needs besides its words: where its code went, or the options of its ceremony. */
export type PreparedView =
  | { readonly how: "send"; readonly sent: SentCodeView }
  | { readonly how: "ceremony"; readonly options: CeremonyOptions };

/** What a page shows of codes that are sent for one way: where the last one went, and when another may. Addresses are masked. */
export type SentCodeView = {
  /** Null: none was sent yet. */
  readonly sentTo: string | null;
  /** The factor there; another code goes to the same one. */
  readonly sentToId: string | null;
  /** From when on another may be asked for; null: now. */
  readonly againAt: Date | null;
  /** False: enough were sent for this step. */
  readonly mayAskAgain: boolean;
  /** Where a code could go, by factor. */
  readonly addresses: readonly { readonly factorId: string; readonly to: string }[];
};
