/** What is known of an account at the moment its first proof was right. */
export type Situation = { readonly activeFactors: number; readonly mustHaveFactor: boolean };

/** What comes next. `enrol`: the session that follows may only bind a factor or end. */
export type NextStep = { readonly kind: "done" } | { readonly kind: "answer" } | { readonly kind: "enrol" };

/**
 * The order of the decision, in prose: whoever has a factor answers with it, whatever policy says; whoever has none passes,
 * but where policy demands one, only as far as binding it.
 */
export function nextStep({ activeFactors, mustHaveFactor }: Situation): NextStep {
  if (activeFactors > 0) return { kind: "answer" };
  return mustHaveFactor ? { kind: "enrol" } : { kind: "done" };
}
