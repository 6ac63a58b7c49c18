import type { Challenge } from "@/lib/challenge/challenge";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import type { Factor } from "@/lib/factors/factor";
import { strategies } from "@/lib/factors/registry";
import { strengthFor } from "@/lib/policy/second-factor";
import { isStrongEnough } from "@/lib/policy/strength";
import type { FactorKind } from "@/lib/policy/traits";

type Asked = Pick<Challenge, "userId" | "policy"> & { readonly onlyBefore?: Date | null };

/** What somebody could answer a challenge with, of one kind; after an alarm only what they had before the moment that it was about. Nothing of a kind that is not strong enough for them, whoever asks. */
export async function heldFor(
  ctx: Ctx,
  { userId, policy, onlyBefore = null }: Asked,
  kind: FactorKind,
): Promise<readonly Factor[]> {
  if (!isStrongEnough(kind, strengthFor({ policy }, config().secondFactor))) return [];
  const held = await strategies[kind].held(ctx, userId);
  return onlyBefore === null
    ? held
    : held.filter(({ confirmedAt }) => confirmedAt !== null && confirmedAt < onlyBefore);
}
