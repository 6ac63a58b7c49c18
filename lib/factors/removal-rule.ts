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

/** An active factor as `takesLastStrong` sees it. `since`: when it was confirmed. */
export type HeldSince = { readonly id: string; readonly kind: string; readonly since: Date };

type Taking = {
  readonly held: readonly HeldSince[];
  /** What would go, by id. */
  readonly going: readonly string[];
  /** A factor counts from here back; null: each does, because the account is as young as they are. */
  readonly settledBefore: Date | null;
};

/**
 * Would this removal take the last strong factor, one that counts alone? What is left protects no more than a mailbox then, or belongs to whoever bound it a
 * moment ago: a thief's own app must not stand for the owner's. So only settled ones count, or the oldest where none is. A weak one may always go. Pure.
 */
export function takesLastStrong({ held, going, settledBefore }: Taking): boolean {
  const counting = countingAmong(
    held.filter(({ kind }) => countsAlone(kind)),
    settledBefore,
  );
  return counting.length > 0 && counting.every(({ id }) => going.includes(id));
}

function countingAmong(strong: readonly HeldSince[], settledBefore: Date | null): readonly HeldSince[] {
  if (settledBefore === null) return strong;
  const settled = strong.filter(({ since }) => since <= settledBefore);
  const oldest = Math.min(...strong.map(({ since }) => since.getTime()));
  return settled.length > 0 ? settled : strong.filter(({ since }) => since.getTime() === oldest);
}
