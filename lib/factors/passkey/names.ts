import { askedNames, type RelyingParty } from "@/lib/config/passkey-settings";
import type { RawCtx } from "@/lib/context/context";
import { usableKinds } from "@/lib/factors/on-offer";
import { listKeepers } from "@/lib/factors/passkey/store";

/** Somebody with passkeys. `names`: what these belong to; `others`: the kinds of their other factors; `codes`: recovery codes that are not used. */
export type Keeper = {
  readonly userId: string;
  readonly email: string;
  readonly isAdmin: boolean;
  readonly policy: unknown;
  readonly names: readonly string[];
  readonly others: readonly string[];
  readonly codes: number;
};

/** How many passkeys belong to which name. Pure. */
export function countNames(keepers: readonly Keeper[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of keepers.flatMap(({ names }) => names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Whoever has none under today's name yet. Pure. */
export const notMoved = (keepers: readonly Keeper[], today: string): readonly Keeper[] =>
  keepers.filter(({ names }) => !names.includes(today));

/** Who could pass no second door if passkeys of these names alone were asked for: no other factor of theirs can be asked for, and no recovery code is left. */
export const lockedOut = (keepers: readonly Keeper[], asked: readonly string[]): readonly Keeper[] =>
  keepers.filter((keeper) => {
    const usable: readonly string[] = usableKinds(keeper);
    const hasOther = keeper.codes > 0 || keeper.others.some((kind) => usable.includes(kind));
    return !hasOther && !keeper.names.some((name) => asked.includes(name));
  });

/**
 * The sentence that ends the start while an administrator would be locked out, because their passkeys belong to a name that the configuration no longer
 * has; null when none would be.
 */
export async function forgottenNames(ctx: RawCtx, party: RelyingParty | null): Promise<string | null> {
  const out = lockedOut(await listKeepers(ctx), askedNames(party)).filter(({ isAdmin }) => isAdmin);
  if (out.length === 0) return null;
  const names = [...new Set(out.flatMap((keeper) => keeper.names))].sort();
  const whose = out.length === 1 ? "an administrator has" : `${out.length} administrators have`;
  return `RP_ID or RELATED_ORIGINS must name ${names.join(" and ")}: ${whose} no way in but passkeys of that name. Count them: npm run portal -- passkeys`;
}
