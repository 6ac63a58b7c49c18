import type { Overview } from "@/lib/account/read-overview";
import { leavesRoomForOffer, standingOf } from "@/lib/account/standing";
import type { MessageId } from "@/lib/messages/catalogue";
import { type BoundKind, traits } from "@/lib/policy/traits";

/** A kind that opens both doors at once, and the sentence that says why it is offered. */
export type Offered = { readonly kind: BoundKind; readonly text: MessageId };

/**
 * The kind that opens both doors at once, where it may be offered after a login: to whoever has none of the portal's name. Whoever has one of a former name reads that it works only for as long as that is
 * answered for; one of a name that was given up opens nothing, and counts as none. Null for whoever owes policy something, or has something else to do first: they read that. Pure.
 */
export function bothDoorsOffered(overview: Overview): Offered | null {
  const { onOffer, factors, coming } = overview;
  const kind = onOffer.find((one) => traits[one].standsAlone);
  const own = factors.filter((factor) => factor.kind === kind && factor.isAnswerable);
  if (kind === undefined || own.some(({ isOfToday }) => isOfToday)) return null;
  if (coming !== null || !leavesRoomForOffer(standingOf(overview))) return null;
  return { kind, text: own.length === 0 ? "security.both_doors_text" : "security.both_doors_moved" };
}
