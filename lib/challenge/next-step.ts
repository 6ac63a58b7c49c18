import type { Demand, Held } from "@/lib/policy/second-factor";
import type { BoundKind, FactorKind } from "@/lib/policy/traits";

/** What is known of an account at the moment its first proof was right. */
export type Situation = {
  readonly demand: Demand;
  /** Every active factor by kind, whether it can be answered with at present or not. */
  readonly held: Held;
  /** The kinds that the portal can ask for at present; recovery codes may be among them. */
  readonly answerable: readonly FactorKind[];
  /** Their browser stands for the second step: its owner asked for that, and it is allowed. */
  readonly isTrusted: boolean;
};

/** What comes next. `enrol`: binding one of these kinds is the only way on; never empty. */
export type NextStep =
  | { readonly kind: "done" }
  | { readonly kind: "answer" }
  | { readonly kind: "enrol"; readonly kinds: readonly BoundKind[] };

/**
 * The order of the decision, in prose: whoever holds a factor answers, whatever policy says and even when what they hold cannot be asked
 * for at present, because binding one between the doors would let a stolen password replace it; only a trusted browser stands for the answer. Whoever holds none passes, but where policy
 * demands a factor, only by binding one.
 */
export function nextStep({ demand, held, answerable, isTrusted }: Situation): NextStep {
  if (Object.values(held).some((count) => count > 0)) return { kind: isTrusted ? "done" : "answer" };
  if (!demand.isDemanded) return { kind: "done" };
  return { kind: "enrol", kinds: demand.kinds.filter((kind) => answerable.includes(kind)) };
}
