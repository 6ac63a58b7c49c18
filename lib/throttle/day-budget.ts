import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import type { ChannelName } from "@/lib/policy/channels";
import { throttleRules, type WindowRule } from "@/lib/policy/throttle-rules";
import { bucketKey } from "@/lib/throttle/bucket";
import { findWindows } from "@/lib/throttle/windows/store";

/** The last limit against SMS pumping (toll fraud): whatever rule let a code through, the house pays for no more than this in a day. */
type Day = { readonly name: "send.world"; readonly key: string; readonly rule: WindowRule };

export type BudgetChannel = ChannelName;

/** What has left by a channel in its present day, and how much of that was for addresses that somebody merely claimed; what may; and since when. */
export type Budget = {
  readonly used: number;
  readonly limit: number;
  readonly since: Date;
  readonly claimed: number;
  readonly claimedLimit: number;
  readonly claimedSince: Date;
};

export async function readBudget(ctx: RawCtx, channel: BudgetChannel): Promise<Budget> {
  const house = houseDay(channel);
  const claims = claimedDay(house);
  const [day, claimed] = await findWindows(ctx, [house, claims]);
  return {
    used: day?.count ?? 0,
    limit: house.rule.limit,
    since: day?.windowStart ?? ctx.now,
    claimed: claimed?.count ?? 0,
    claimedLimit: claims.rule.limit,
    claimedSince: claimed?.windowStart ?? ctx.now,
  };
}

/** What the whole house may send by a channel on one day. */
export function houseDay(channel: ChannelName): Day {
  const { smsPerDay, mailPerDay } = config().budgets;
  return {
    name: "send.world",
    key: bucketKey("send.world", channel),
    rule: perDayOf(channel === "sms" ? smsPerDay : mailPerDay),
  };
}

/** What strangers claim uses up at most half of the day. */
export const claimedDay = ({ key, rule }: Day): Day => ({
  name: "send.world",
  key: `${key}:claimed`,
  rule: perDayOf(Math.ceil(rule.limit / 2)),
});

const perDayOf = (limit: number): WindowRule => ({ ...throttleRules["send.world"], limit });
