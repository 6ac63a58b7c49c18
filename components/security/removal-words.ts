import type { FactorView } from "@/lib/factors/view";
import type { Say } from "@/lib/messages/say";

/** What protects the account once a factor is gone: a sentence, and the names of what is left to answer with. */
export type AfterRemoval = { readonly sentence: string; readonly left: readonly string[] };

/** `factors`: all that the account has, the one that goes among them. What is closed to this browser protects nobody who uses it. */
export function afterRemoval(factors: readonly FactorView[], { id }: Pick<FactorView, "id">, say: Say): AfterRemoval {
  const others = factors.filter((factor) => factor.id !== id);
  if (others.length === 0) return { sentence: say("factors.remove_last"), left: [] };
  const left = others.filter(({ closed }) => closed !== "here").map(nameOf);
  if (left.length === 0) return { sentence: say("factors.remove_closed_left"), left };
  return { sentence: say("factors.remove_some", { left: left.length }), left };
}

const nameOf = ({ label, place }: FactorView) => (place === null ? label : `${label} · ${place}`);
