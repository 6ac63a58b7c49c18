import type { Challenge } from "@/lib/challenge/challenge";
import { heldFor } from "@/lib/challenge/held-before";
import type { Ctx } from "@/lib/context/context";
import { openSecret } from "@/lib/crypto/factor-secret";
import type { Factor } from "@/lib/factors/factor";
import { otpDeliveryOf } from "@/lib/factors/otp-delivery-of";
import { strategies } from "@/lib/factors/registry";
import { isBoundKind } from "@/lib/policy/kinds";
import type { BoundKind, FactorKind } from "@/lib/policy/traits";

/** Where a code would go: as it may be shown to its owner, and whole. */
export type Destination = { readonly kind: FactorKind; readonly masked: string; readonly whole: string };

type Whose = Pick<Challenge, "userId" | "policy">;

/** Where codes of these kinds would go. */
export async function findDestinations(ctx: Ctx, whose: Whose, options: readonly FactorKind[]): Promise<Destination[]> {
  const destinations: Destination[] = [];
  for (const kind of options.filter(isBoundKind)) destinations.push(...(await findDestination(ctx, whose, kind)));
  return destinations;
}

async function findDestination(ctx: Ctx, whose: Whose, kind: BoundKind): Promise<Destination[]> {
  if (otpDeliveryOf(kind) === null) return [];
  const [factor] = byUse(await heldFor(ctx, whose, kind));
  const whole = factor ? openSecret(factor) : null;
  if (!factor || whole === null) return [];
  return [{ kind, whole, masked: strategies[kind].describe(factor) ?? "" }];
}

/** The last used first, as codes are sent. */
export function byUse(held: readonly Factor[]): readonly Factor[] {
  const used = ({ lastUsedAt }: Factor) => lastUsedAt?.getTime() ?? 0;
  return [...held].sort((one, other) => used(other) - used(one));
}
