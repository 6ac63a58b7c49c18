import { hours as inHours } from "@/lib/kernel/duration";
import { canLeave } from "@/lib/letters/queue-letters";
import { channelNames } from "@/lib/policy/channels";
import { pendingRules } from "@/lib/policy/pending-rules";

/**
 * What a page says of a wait of so many hours. `told`: whether letters leave this portal, for those carry what can stop a change; where nothing leaves, a wait is
 * `pendingRules.untold` long at least (`beginWaits` has the rule).
 */
export function foreseen(hours: number): { readonly hours: number; readonly told: "yes" | "no" } {
  const leastHours = channelNames.some(canLeave) ? 0 : pendingRules.untold / inHours(1);
  return { hours: Math.max(hours, leastHours), told: canLeave("mail") ? "yes" : "no" };
}
