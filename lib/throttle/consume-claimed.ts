import { recordRefused } from "@/lib/audit/record-event";
import type { Ctx } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { tally } from "@/lib/kernel/tally";
import type { ChannelName } from "@/lib/policy/channels";
import { type ConsumedSend, consumeAll } from "@/lib/throttle/consume-send";
import { claimedDay, houseDay } from "@/lib/throttle/day-budget";
import { type SendWindow, windowOf } from "@/lib/throttle/send-windows";
import { findBucket } from "@/lib/throttle/store";
import { claimFirstRefusal } from "@/lib/throttle/windows/store";

/** A letter to an address that somebody says is theirs: nobody's account asks for it. `address`: its handle, as for a code that is sent there. */
type Claimed = { readonly channel: ChannelName; readonly address: string };

/**
 * Consumes one letter of what strangers may have sent to one address, the same windows as those of a code that is sent to prove it, and of the half of the
 * day that all of them share. Out: of which buckets, for `refundSend`; null, and nothing was consumed, when that address has had its letters.
 * Throws `throttle.no_letters` with the time from which the day has room again, whatever the address.
 */
export async function consumeClaimed(ctx: Ctx, { channel, address }: Claimed): Promise<ConsumedSend | null> {
  const day = houseDay(channel);
  const own = [windowOf("send.claimed", address), windowOf("send.claimed_day", address)];
  const consumed = await consumeAll(ctx, [...own, claimedDay(day), day], null);
  if (consumed.full === null) return consumed.of;
  tally({ what: "counter full", counter: consumed.full.name });
  if (own.some(({ key }) => key === consumed.full.key)) return null;
  throw await dayIsSpent(ctx, channel, consumed.full);
}

async function dayIsSpent(ctx: Ctx, channel: ChannelName, { key, rule }: SendWindow): Promise<DomainError> {
  if (await claimFirstRefusal(ctx, key))
    await recordRefused(ctx, { name: "send.budget_spent", subjectId: null, meta: { channel } });
  const state = await findBucket(ctx, key);
  return new DomainError("throttle.no_letters", { retryAt: later(state?.windowStart ?? ctx.now, rule.window) });
}
