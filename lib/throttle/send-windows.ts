import type { Ctx } from "@/lib/context/context";
import { networksOf } from "@/lib/kernel/networks";
import type { ChannelName } from "@/lib/policy/channels";
import { ruleOf, type ThrottleRuleName, type WindowRule } from "@/lib/policy/throttle-rules";
import { bucketKey } from "@/lib/throttle/bucket";
import { claimedDay, houseDay } from "@/lib/throttle/day-budget";

/** One code that is to be sent. */
export type Sending = {
  readonly userId: string;
  readonly channel: ChannelName;
  /** HMAC of the address, and of the block of numbers that it lies in. */
  readonly address: string;
  readonly block: string | null;
  /** What it is for: only so many codes for one challenge or one pending factor. */
  readonly step: string;
  /** The address is bound to this account. Otherwise somebody merely says that it is theirs. */
  readonly isBound: boolean;
  /** `consumeSendStep` was called for its step before. */
  readonly isStepConsumed?: boolean;
  /** The device on which its person has passed both doors before, if it is one. */
  readonly deviceId: string | null;
};

/** A code that is asked for, whether it will be sent or not. */
export type Asking = Pick<Sending, "userId" | "channel" | "step">;

/** A window that a code is consumed from, with the name of its rule. */
export type SendWindow = {
  readonly name: ThrottleRuleName;
  readonly key: string;
  readonly rule: WindowRule;
};

/** The window of a rule, for whom `subject` says. */
export function windowOf(name: ThrottleRuleName, subject: string): SendWindow {
  const rule = ruleOf(name);
  if (rule.kind !== "window") throw new Error(`The rule ${name} is no window.`);
  return { name, key: bucketKey(name, subject), rule };
}

/** What one step costs: the gap between two codes, and how many there are. */
export const windowsOfStep = ({ step }: Asking): readonly SendWindow[] => [
  windowOf("send.gap", step),
  windowOf("send.challenge", step),
];

/** All windows of a code but its own step's, in the order in which they are always taken. */
export function windowsOf(ctx: Ctx, sending: Sending): SendWindow[] {
  const { userId, channel, address, block } = sending;
  const account = byChannel(sending, userId);
  const common = [windowOf("send.account", account), windowOf("send.account_day", account)];
  const house = houseDay(channel); // last: its row is everybody's, and held until the commit
  if (sending.isBound) return [...common, windowOf("send.bound", address), windowOf("send.bound_day", address), house];
  const { near, wide } = networksOf(ctx.visitor.ip);
  const network = ctx.visitor.isShared === true ? [] : [windowOf("send.near", near), windowOf("send.wide", wide)];
  return [
    ...common,
    windowOf("send.claimed", address),
    windowOf("send.claimed_day", address),
    ...(block === null ? [] : [windowOf("send.block", block)]),
    ...network,
    claimedDay(house),
    house,
  ];
}

/** An address that an account claims for the first time today counts among its claims. */
export type Claim = { readonly noted: SendWindow; readonly counted: SendWindow };

export const claimOf = (sending: Sending): Claim | null =>
  sending.isBound
    ? null
    : {
        noted: windowOf("send.claimed_by", `${sending.userId}:${sending.address}`),
        counted: windowOf("send.claims", byChannel(sending, sending.userId)),
      };

/** Mails and messages have budgets of their own: a way that is used up blocks no other. */
const byChannel = ({ channel }: Sending, subject: string) => `${channel}:${subject}`;
