import { blindIndex } from "@/lib/crypto/index-keys";
import { unseal } from "@/lib/crypto/seal";
import { tellShut } from "@/lib/crypto/tell-shut";

/** Under what a factor's secret is sealed; key rotation asks too. */
export const secretSealedFor = (userId: string, factorId: string) =>
  ({ use: "enc:factor", owner: [userId, factorId] }) as const;

/** A factor's row, as far as its secret goes. */
export type SealedFactor = { readonly id: string; readonly userId: string; readonly secret: string | null };

/** The plain secret of a factor, or null when its row was damaged or moved to another person. */
export function openSecret(factor: SealedFactor): string | null {
  return factor.secret === null ? null : unseal(factor.secret, secretSealedFor(factor.userId, factor.id));
}

/** The same for whoever decides by it: one that is there and does not open is told to the operator. */
export function openSecretOrTell(factor: SealedFactor): string | null {
  const secret = openSecret(factor);
  if (secret === null && factor.secret !== null)
    tellShut({ column: "factors.secret", id: factor.id, sealed: factor.secret });
  return secret;
}

/** By what factors with equal addresses find each other, without an address being readable in the table. No rotation changes it. */
export const handleOf = (kind: string, address: string): string => blindIndex("mac:destination", [kind, address]);
