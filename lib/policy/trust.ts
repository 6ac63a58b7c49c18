import { days, isOver, later } from "@/lib/kernel/duration";
import type { Demand } from "@/lib/policy/second-factor";
import { boundKinds, type FactorKind, traits } from "@/lib/policy/traits";

/** What the operator allows: `config().trust`. `days` null: no browser is trusted. */
export type TrustRules = { readonly days: number | null; readonly admins: boolean };

/** Whose browser it is: their role, and what policy asks of them today. */
export type Truster = { readonly isAdmin: boolean; readonly demand: Pick<Demand, "kinds" | "strength"> };

/** A trusted browser, elsewhere a remembered browser: no second step is asked there. When its owner asked for it, and the kind of factor that they proved then. */
export type Trust = { readonly at: Date; readonly with: string };

/** What a session says that a trusted browser opened, beside the password: nothing else was proven (RFC 8176 has no word for it). */
export const trustAmr = "device";

/** Proofs after which somebody may ask for it: a factor that NIST counts as one. Never a mailbox, and never a code from paper, which says nothing about a browser. */
export const trustKinds: readonly FactorKind[] = boundKinds.filter((kind) => traits[kind].aal === 2);

/**
 * May this person ask for it, right after a proof of this kind? Never where only what no false page can take is enough: what is left at a trusted browser is a
 * password, which can be lured out of its owner whatever was proven there before. Pure.
 */
export function mayTrust({ isAdmin, demand }: Truster, kind: string, rules: TrustRules): boolean {
  if (rules.days === null || (isAdmin && !rules.admins) || demand.strength !== "any") return false;
  return trustKinds.some((one) => one === kind) && demand.kinds.some((one) => one === kind);
}

/**
 * Until when a browser is trusted; null: it is not, under today's rules and for who the person is today, whatever was allowed on the day on which they asked.
 * Pure.
 */
export function trustedUntil(trust: Trust, person: Truster, rules: TrustRules, now: Date): Date | null {
  if (rules.days === null || !mayTrust(person, trust.with, rules)) return null;
  const end = later(trust.at, days(rules.days));
  return isOver(end, now) ? null : end;
}
