import { type Demand, type Held, stillOwed } from "@/lib/policy/second-factor";

type Removal = { readonly demand: Demand; readonly held: Held; readonly kind: string };

/**
 * May one factor of this kind go? Pure. `held`: the active factors that can be answered with, this one among them; recovery codes never
 * count. Where policy demands factors, none may go whose going leaves the person owing one more: `last_one` when nothing would be left,
 * `needed` when something would be but not enough, or nothing that counts.
 */
export function removalRule({ demand, held, kind }: Removal): "allowed" | "last_one" | "needed" {
  const left = { ...held, [kind]: Math.max((held[kind] ?? 0) - 1, 0) };
  if (stillOwed(demand, left) <= stillOwed(demand, held)) return "allowed";
  return Object.values(left).every((count) => count === 0) ? "last_one" : "needed";
}
