import { recordRefused } from "@/lib/audit/record-event";
import { config } from "@/lib/config/config";
import { type Ctx, inShortTransaction, type RawCtx } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { networksOf } from "@/lib/kernel/networks";
import type { ChannelName } from "@/lib/policy/channels";
import { ruleOf, type ThrottleRuleName, throttleRules, type WindowRule } from "@/lib/policy/throttle-rules";
import {
  bucketKey,
  claimFirstRefusal,
  consumeWindowTries,
  deleteBucket,
  findBucket,
  findWindows,
  refundWindowTry,
} from "@/lib/throttle/store";

/** One code that is to be posted. */
export type Sending = {
  readonly userId: string;
  readonly channel: ChannelName;
  /** HMAC of the address, and of the block of numbers that it lies in. */
  readonly address: string;
  readonly block: string | null;
  /** What it is for: only so many codes for one challenge or one pending factor. */
  readonly errand: string;
  /** The address is bound to this account. Otherwise somebody merely says that it is theirs. */
  readonly isBound: boolean;
  /** `consumeErrand` was called for its errand before. */
  readonly isErrandConsumed?: boolean;
  /** The device on which its person has passed both doors before, if it is one. */
  readonly deviceId: string | null;
};

/** A code that is asked for, whether it will be posted or not. */
export type Asking = Pick<Sending, "userId" | "channel" | "errand">;

type Window = { readonly key: string; readonly rule: WindowRule };

/**
 * Consumes one code of every window before it is posted: first its own challenge, then the account, the address, the block, the visitor's network and
 * the whole house's day. What strangers claim uses up at most half of that day, and none of what a bound address may get; an owner on a
 * known device has a reserve that nobody else can use up. Out: of which buckets, for `refundSend`.
 * Throws `post.too_soon`, `post.no_more`, `post.too_many`, all with the time from which it is possible again; then nothing was counted.
 */
export async function consumeSend(ctx: Ctx, sending: Sending): Promise<readonly string[]> {
  const own = sending.isErrandConsumed === true ? [] : errandOf(sending);
  const consumed = await consumeAll(ctx, [...own, ...windowsOf(ctx, sending)], claimOf(sending));
  if (consumed.full === null) return consumed.keys;
  const { full } = consumed;
  if (full.key.startsWith("send.gap")) throw await refusal(ctx, { sending, full, id: "post.too_soon" });
  if (full.key.startsWith("send.challenge")) throw await refusal(ctx, { sending, full, id: "post.no_more" });
  if (sending.isBound && sending.deviceId !== null) {
    const reserved = await consumeAll(ctx, [...own, windowOf("send.reserve", sending.userId)], null);
    if (reserved.full === null) return reserved.keys;
  }
  throw await refusal(ctx, { sending, full, id: "post.too_many" });
}

/**
 * Consumes only what a challenge's own way costs: the gap between two codes, and how many there are. For whoever asks with an address that may or may
 * not be theirs: both cost the same, so that the next answer does not tell. Throws `post.too_soon`, `post.no_more`.
 */
export async function consumeErrand(ctx: Ctx, asking: Asking): Promise<void> {
  const { full } = await consumeAll(ctx, errandOf(asking), null);
  if (full === null) return;
  throw await refusal(ctx, {
    sending: asking,
    full,
    id: full.key.startsWith("send.gap") ? "post.too_soon" : "post.no_more",
  });
}

const errandOf = ({ errand }: Asking): readonly Window[] => [
  windowOf("send.gap", errand),
  windowOf("send.challenge", errand),
];

/** Refunds what was consumed for a code that was not posted after all. A gap was never begun: its minute counts from the next code on. */
export async function refundSend(ctx: Ctx, keys: readonly string[]): Promise<void> {
  for (const key of keys) await (key.startsWith("send.gap") ? deleteBucket(ctx, key) : refundWindowTry(ctx, key));
}

/** An address that an account claims for the first time today counts among its claims. */
type Claim = { readonly noted: Window; readonly counted: Window };

const claimOf = (sending: Sending): Claim | null =>
  sending.isBound
    ? null
    : {
        noted: windowOf("send.claimed_by", `${sending.userId}:${sending.address}`),
        counted: windowOf("send.claims", byChannel(sending, sending.userId)),
      };

function windowsOf(ctx: Ctx, sending: Sending): Window[] {
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

export type BudgetChannel = Sending["channel"];

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

/** What strangers claim uses up at most half of the day. */
const claimedDay = ({ key, rule }: Window): Window => ({
  key: `${key}:claimed`,
  rule: perDayOf(Math.ceil(rule.limit / 2)),
});

/** What the whole house may post by a channel on one day. */
function houseDay(channel: Sending["channel"]): Window {
  const { smsPerDay, mailPerDay } = config().budgets;
  return { key: bucketKey("send.world", channel), rule: perDayOf(channel === "sms" ? smsPerDay : mailPerDay) };
}

/**
 * Consumes one notice by text message, in the caller's transaction: so many a day for one account, out of the day of the whole house.
 * False: none is left; the same notice by mail consumes nothing and always leaves.
 */
export async function consumeNotice(tx: RawCtx, userId: string): Promise<boolean> {
  const own = windowOf("notice.sms", userId);
  if ((await consumeWindowTries(tx, [own])).length === 0) return false;
  return (await consumeWindowTries(tx, [houseDay("sms")])).length === 1;
}

/** Mails and messages have budgets of their own: a way that is used up blocks no other. */
const byChannel = ({ channel }: Sending, subject: string) => `${channel}:${subject}`;

const perDayOf = (limit: number): WindowRule => ({ ...throttleRules["send.world"], limit });

function windowOf(name: ThrottleRuleName, subject: string): Window {
  const rule = ruleOf(name);
  if (rule.kind !== "window") throw new Error(`The rule ${name} is no window.`);
  return { key: bucketKey(name, subject), rule };
}

type Consumed = { readonly full: null; readonly keys: readonly string[] } | { readonly full: Window };

/**
 * Counts one in each, or in none: one after another in a transaction that a full one rolls back, always in the same order, so that those
 * who come at once wait for each other and count only what is certain.
 */
async function consumeAll(ctx: Ctx, windows: readonly Window[], claim: Claim | null): Promise<Consumed> {
  const place: { full: Window | null } = { full: null };
  try {
    return await inShortTransaction(ctx, async (tx) => {
      const hasRoom = async (one: Window) => (await consumeWindowTries(tx, [one])).length === 1;
      const isNew = claim !== null && (await hasRoom(claim.noted));
      const asked = claim && isNew ? [claim.counted, ...windows] : windows;
      for (const one of asked) {
        if (await hasRoom(one)) continue;
        place.full = one;
        throw new DomainError("post.too_many");
      }
      return { full: null, keys: [...asked, ...(claim && isNew ? [claim.noted] : [])].map(({ key }) => key) };
    });
  } catch (error) {
    if (place.full === null) throw error;
    return { full: place.full };
  }
}

type Refusal = {
  readonly sending: Asking;
  readonly full: Window;
  readonly id: "post.too_soon" | "post.no_more" | "post.too_many";
};

/** The error that says from when on it is possible again. Of a window's refusals only the first is recorded: a flood must not write a row each. */
async function refusal(ctx: Ctx, { sending, full, id }: Refusal): Promise<DomainError> {
  if (await claimFirstRefusal(ctx, full.key)) await record(ctx, sending, full, id);
  const state = await findBucket(ctx, full.key);
  return new DomainError(id, { field: "send", retryAt: later(state?.windowStart ?? ctx.now, full.rule.window) });
}

/** The day's budget of the whole house is nobody's own: pumping, or a budget that is too small. */
async function record(ctx: Ctx, { userId, channel }: Asking, { key }: Window, reason: string): Promise<void> {
  if (key.startsWith("send.world"))
    await recordRefused(ctx, { name: "send.budget_spent", subjectId: null, meta: { channel } });
  await recordRefused(ctx, {
    name: "code.post_refused",
    subjectId: userId,
    meta: { channel, reason },
  });
}
