import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { isProven, isProvenBy } from "@/lib/delivery/channel-proof";
import { isUsable } from "@/lib/factors/usable";
import { isBoundKind } from "@/lib/policy/kinds";
import { type Demanded, demandOn, type Held, strengthFor } from "@/lib/policy/second-factor";
import { isStrongEnough } from "@/lib/policy/strength";
import { type BoundKind, boundKinds, traits } from "@/lib/policy/traits";

/** Whose kinds: the JSON of their row says how strong a kind must be for them. */
type Asked = Pick<Demanded, "policy">;

/**
 * The kinds that the portal can ask this person for at present, the strongest first: see `isUsable`. A channel that is not proven yet stays usable: a changed setting must not lock anybody out.
 */
export function usableKinds(person: Asked): readonly BoundKind[] {
  const strength = strengthFor(person, config().secondFactor);
  return boundKinds.filter((kind) => isUsable(kind) && isStrongEnough(kind, strength));
}

/**
 * The kinds that this person may bind now, in the order in which they are offered: usable, allowed to them, and over a channel that has
 * delivered a letter with its present settings.
 */
export async function kindsOnOffer(ctx: RawCtx, person: Demanded): Promise<readonly BoundKind[]> {
  const offered: BoundKind[] = [];
  for (const kind of usableBy(person, ctx.now)) {
    const { channel } = traits[kind];
    if (channel === null || (await isProven(ctx, channel))) offered.push(kind);
  }
  return offered;
}

/** The same by the proofs that were read before, by the channel's name. Pure. */
export function kindsOnOfferBy(
  proofs: Readonly<Record<string, string>>,
  person: Demanded,
  now: Date,
): readonly BoundKind[] {
  return usableBy(person, now).filter((kind) => {
    const { channel } = traits[kind];
    return channel === null || isProvenBy(proofs[channel] ?? null, channel);
  });
}

/** What this person is allowed and the portal can ask for, whether its channel has proven anything or not. */
function usableBy(person: Demanded, now: Date): readonly BoundKind[] {
  const usable = usableKinds(person);
  return demandOn(person, config().secondFactor, now).kinds.filter((kind) => usable.includes(kind));
}

/** What of these factors can be answered with at present: only that satisfies a demand. */
export function answerableOf(held: Held, person: Asked): Held {
  const usable = usableKinds(person);
  return Object.fromEntries(Object.entries(held).filter(([kind]) => isBoundKind(kind) && usable.includes(kind)));
}
