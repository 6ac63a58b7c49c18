import { isBoundKind } from "@/lib/policy/kinds";
import { traits } from "@/lib/policy/traits";

/** What is strong enough: any kind, or only one whose answer is of no use to a false page (NIST SP 800-63B-4, 3.2.5). */
export const strengths = ["any", "phishing-resistant"] as const;

export type Strength = (typeof strengths)[number];

/** The one of two that asks for more. */
export const strongerOf = (one: Strength, other: Strength): Strength => (one === "any" ? other : one);

/** May this kind be asked for? What is bound only where it is strong enough; recovery codes and the password are no factors, and stay. */
export const isStrongEnough = (kind: string, strength: Strength): boolean =>
  strength === "any" || !isBoundKind(kind) || traits[kind].phishingResistant;
