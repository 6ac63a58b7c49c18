import { blindIndex } from "@/lib/crypto/index-keys";
import { unseal } from "@/lib/crypto/seal";

/** Under what a factor's secret is sealed; key rotation asks too. */
export const secretSealedFor = (userId: string, factorId: string) =>
  ({ use: "enc:factor", owner: [userId, factorId] }) as const;

/** A factor's row, as far as its secret goes. */
export type SealedFactor = { readonly id: string; readonly userId: string; readonly secret: string | null };

/** The plain secret of a factor, or null when its row was damaged or moved to another person. */
export function openSecret(factor: SealedFactor): string | null {
  return factor.secret === null ? null : unseal(factor.secret, secretSealedFor(factor.userId, factor.id));
}

/** By what factors with equal addresses find each other, without an address being readable in the table. No rotation changes it. */
export const handleOf = (kind: string, address: string): string => blindIndex("mac:destination", [kind, address]);
