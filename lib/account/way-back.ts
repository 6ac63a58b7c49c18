import type { RawCtx } from "@/lib/context/context";
import { usableKinds } from "@/lib/factors/on-offer";
import { countActiveByKind } from "@/lib/factors/store";
import { channelOf } from "@/lib/policy/kinds";
import { kindsOf } from "@/lib/policy/second-factor";

/**
 * Where the way back leads after an alarm's button: to a page that chooses a new password, with a second step behind it (`link`) or with nothing
 * more (`link_alone`), or to whoever runs the portal.
 */
export type WayBack = "link" | "link_alone" | "administrators";

/**
 * The link that chooses a new password goes to whoever holds the letter, so it must not be all that they need. Where the second step can be
 * an e-mail too (also while text messages are switched off), the mailbox would be both doors; and after a change of factors nobody knows
 * whose they are. An administrator decides then. `isUnmoved`: nothing of the account has changed since the alarm.
 */
export async function findWayBack(
  ctx: RawCtx,
  { userId, isUnmoved }: { readonly userId: string; readonly isUnmoved: boolean },
): Promise<WayBack> {
  if (!isUnmoved) return "administrators";
  const held = await countActiveByKind(ctx, userId);
  if (Object.keys(held).length === 0) return "link_alone";
  const isMailboxBoth = kindsOf(held).some((kind) => channelOf(kind) === "mail");
  const isEnough = !isMailboxBoth && usableKinds().some((kind) => (held[kind] ?? 0) > 0);
  return isEnough ? "link" : "administrators";
}
