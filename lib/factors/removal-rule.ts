import { countsAlone } from "@/lib/policy/kinds";
import { type Demand, type Held, stillOwed } from "@/lib/policy/second-factor";

type Removal = {
  readonly demand: Demand;
  readonly held: Held;
  readonly kind: string;
  /** How many of the kind go at once. */
  readonly going?: number;
};

/**
 * May factors of this kind go, one unless said otherwise? Pure. `held`: the active factors that can be answered with, these among them; recovery codes never
 * count. Where policy demands factors, none may go whose going leaves the person owing one more: `last_one` when nothing would be left,
 * `needed` when something would be but not enough, or nothing that counts.
 */
export function removalRule({ demand, held, kind, going = 1 }: Removal): "allowed" | "last_one" | "needed" {
  const left = { ...held, [kind]: Math.max((held[kind] ?? 0) - going, 0) };
  if (stillOwed(demand, left) <= stillOwed(demand, held)) return "allowed";
  return Object.values(left).every((count) => count === 0) ? "last_one" : "needed";
}

/**
 * Would this removal take the last strong factor, one that counts alone? What is left protects no more than a mailbox then, so it is a dangerous change. A
 * weak one may always go. Pure.
 */
export function takesLastStrong({ held, kind, going = 1 }: Omit<Removal, "demand">): boolean {
  const left = { ...held, [kind]: Math.max((held[kind] ?? 0) - going, 0) };
  return countsAlone(kind) && Object.entries(left).every(([one, count]) => count === 0 || !countsAlone(one));
}
