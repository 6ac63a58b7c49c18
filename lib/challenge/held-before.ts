import type { Challenge } from "@/lib/challenge/challenge";
import type { Ctx } from "@/lib/context/context";
import type { Factor } from "@/lib/factors/factor";
import { strategies } from "@/lib/factors/registry";
import type { FactorKind } from "@/lib/policy/traits";

type Asked = Pick<Challenge, "userId"> & { readonly onlyBefore?: Date | null };

/** What somebody could answer a challenge with, of one kind; after an alarm only what they had before the moment that it was about. */
export async function heldFor(
  ctx: Ctx,
  { userId, onlyBefore = null }: Asked,
  kind: FactorKind,
): Promise<readonly Factor[]> {
  const held = await strategies[kind].held(ctx, userId);
  return onlyBefore === null
    ? held
    : held.filter(({ confirmedAt }) => confirmedAt !== null && confirmedAt < onlyBefore);
}
