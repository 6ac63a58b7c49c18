import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { isProven } from "@/lib/delivery/channel-proof";
import { isUsable } from "@/lib/factors/usable";
import { isBoundKind } from "@/lib/policy/kinds";
import { type Demanded, demandOn, type Held } from "@/lib/policy/second-factor";
import { type BoundKind, boundKinds, traits } from "@/lib/policy/traits";

/**
 * The kinds that the portal can ask for at present, the strongest first: see `isUsable`. A channel that is not proven yet stays usable: a changed setting must not lock anybody out.
 */
export function usableKinds(): readonly BoundKind[] {
  return boundKinds.filter(isUsable);
}

/**
 * The kinds that this person may bind now, in the order in which they are offered: usable, allowed to them, and over a channel that has
 * delivered a letter with its present settings.
 */
export async function kindsOnOffer(ctx: RawCtx, person: Demanded): Promise<readonly BoundKind[]> {
  const usable = usableKinds();
  const offered: BoundKind[] = [];
  for (const kind of demandOn(person, config().secondFactor, ctx.now).kinds) {
    const { channel } = traits[kind];
    if (usable.includes(kind) && (channel === null || (await isProven(ctx, channel)))) offered.push(kind);
  }
  return offered;
}

/** What of these factors can be answered with at present: only that satisfies a demand. */
export function answerableOf(held: Held): Held {
  const usable = usableKinds();
  return Object.fromEntries(Object.entries(held).filter(([kind]) => isBoundKind(kind) && usable.includes(kind)));
}
