import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { isProven } from "@/lib/delivery/channel-proof";
import { type BoundKind, boundKinds, isBoundKind } from "@/lib/factors/factor";
import { strategies } from "@/lib/factors/registry";
import { type ChannelOfKind, isUsable } from "@/lib/factors/usable";
import { type Demanded, demandOn, type Held } from "@/lib/policy/second-factor";

/**
 * The kinds that the portal can ask for at present, the strongest first: authenticator apps always, any other where the operator lists it and
 * its channel is on. A channel that is not proven yet stays usable: a changed setting must not lock anybody out.
 */
export function usableKinds(): readonly BoundKind[] {
  return boundKinds.filter((kind) => isUsable(kind, channelOf(kind)));
}

/**
 * The kinds that this person may bind now, in the order in which they are offered: usable, allowed to them, and over a channel that has
 * delivered a letter with its present settings.
 */
export async function kindsOnOffer(ctx: RawCtx, person: Demanded): Promise<readonly BoundKind[]> {
  const usable = usableKinds();
  const offered: BoundKind[] = [];
  for (const kind of demandOn(person, config().secondFactor, ctx.now).kinds) {
    const channel = channelOf(kind);
    if (usable.includes(kind) && (channel === null || (await isProven(ctx, channel)))) offered.push(kind);
  }
  return offered;
}

/** What of these factors can be answered with at present: only that satisfies a demand. */
export function answerableOf(held: Held): Held {
  const usable = usableKinds();
  return Object.fromEntries(Object.entries(held).filter(([kind]) => isBoundKind(kind) && usable.includes(kind)));
}

/** What brings the answers of a kind to the person; null for what they have at hand. */
const channelOf = (kind: BoundKind): ChannelOfKind => strategies[kind].delivery?.channel ?? null;
