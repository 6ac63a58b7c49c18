import { recordEvent } from "@/lib/audit/record-event";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { days, later } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { type ThrottleRuleName, throttleRules, type WindowRule } from "@/lib/policy/throttle-rules";
import { networksOf } from "@/lib/throttle/spend-address";
import { bucketKey, claimFirstRefusal, countWindowTries, findBucket, uncountWindowTry } from "@/lib/throttle/store";

/** One code that is to be posted. */
export type Sending = {
  readonly userId: string;
  readonly channel: "mail" | "sms";
  /** HMAC of the address, and of the block of numbers that it lies in. */
  readonly address: string;
  readonly block: string | null;
  /** What it is for: only so many codes for one challenge or one pending factor. */
  readonly errand: string;
  /** The address is bound to this account. Otherwise somebody merely says that it is theirs. */
  readonly isBound: boolean;
  /** The device on which its person has passed both doors before, if it is one. */
  readonly deviceId: string | null;
};

type Window = { readonly key: string; readonly rule: WindowRule };

/**
 * Pays for one code before it is posted: first its own challenge, then the account, the address, the block, the visitor's network and
 * the whole house's day. What strangers claim uses up at most half of that day, and none of what a bound address may get; an owner on a
 * known device has a reserve that nobody else can spend. Out: the buckets that paid, for `refundSend`.
 * Throws `post.too_soon`, `post.no_more`, `post.too_many`, all with the time from which it is possible again; then nothing was counted.
 */
export async function spendSend(ctx: Ctx, sending: Sending): Promise<readonly string[]> {
  const own = [windowOf("send.gap", sending.errand), windowOf("send.challenge", sending.errand)];
  const full = await spendAll(ctx, own);
  if (full)
    throw await refusal(ctx, { sending, full, id: full.key.startsWith("send.gap") ? "post.too_soon" : "post.no_more" });
  const keys = own.map(({ key }) => key);
  try {
    return [...keys, ...(await spendBudgets(ctx, sending))];
  } catch (error) {
    await refundSend(ctx, keys);
    throw error;
  }
}

/** Gives back what was paid for a code that was not posted after all. */
export async function refundSend(ctx: Ctx, keys: readonly string[]): Promise<void> {
  for (const key of keys) await uncountWindowTry(ctx, key);
}

async function spendBudgets(ctx: Ctx, sending: Sending): Promise<readonly string[]> {
  const claim = sending.isBound ? [] : await newClaim(ctx, sending);
  const budgets = [...claim, ...windowsOf(ctx, sending)];
  const full = await spendAll(ctx, budgets);
  if (!full) return [...claimedBy(sending, claim), ...budgets.map(({ key }) => key)];
  await refundSend(ctx, claimedBy(sending, claim));
  const reserve = windowOf("send.reserve", sending.userId);
  const mayUseReserve = sending.isBound && sending.deviceId !== null;
  if (mayUseReserve && !(await spendAll(ctx, [reserve]))) return [reserve.key];
  throw await refusal(ctx, { sending, full, id: "post.too_many" });
}

/** An address that this account claims for the first time today counts among its claims; the note that it does is paid already. */
async function newClaim(ctx: Ctx, sending: Sending): Promise<Window[]> {
  const isNew = (await countWindowTries(ctx, [windowOf("send.claimed_by", claimOf(sending))])).length === 1;
  return isNew ? [windowOf("send.claims", byChannel(sending, sending.userId))] : [];
}

const claimOf = ({ userId, address }: Sending) => `${userId}:${address}`;
const claimedBy = (sending: Sending, claim: readonly Window[]) =>
  claim.length === 0 ? [] : [bucketKey("send.claimed_by", claimOf(sending))];

function windowsOf(ctx: Ctx, sending: Sending): Window[] {
  const { userId, channel, address, block } = sending;
  const [perDay, world] = [config().budgets[channel === "sms" ? "smsPerDay" : "mailPerDay"], `send.world:${channel}`];
  const account = byChannel(sending, userId);
  const common = [
    windowOf("send.account", account),
    windowOf("send.account_day", account),
    { key: world, rule: perDayOf(perDay) },
  ];
  if (sending.isBound) return [...common, windowOf("send.bound", address), windowOf("send.bound_day", address)];
  const { near, wide } = networksOf(ctx.visitor.ip);
  return [
    ...common,
    windowOf("send.claimed", address),
    windowOf("send.claimed_day", address),
    ...(block === null ? [] : [windowOf("send.block", block)]),
    windowOf("send.near", near),
    windowOf("send.wide", wide),
    { key: `${world}:claimed`, rule: perDayOf(Math.ceil(perDay / 2)) },
  ];
}

/** Mails and messages have budgets of their own: a way that is used up blocks no other. */
const byChannel = ({ channel }: Sending, subject: string) => `${channel}:${subject}`;

const perDayOf = (limit: number): WindowRule => ({ kind: "window", limit, window: days(1) });

function windowOf(name: ThrottleRuleName, subject: string): Window {
  const rule = throttleRules[name];
  if (rule.kind !== "window") throw new Error(`The rule ${name} is no window.`);
  return { key: bucketKey(name, subject), rule };
}

/** Counts one in each, or in none: then the first that was full comes back. */
async function spendAll(ctx: Ctx, windows: readonly Window[]): Promise<Window | null> {
  const counted = await countWindowTries(ctx, windows);
  const full = windows.find(({ key }) => !counted.includes(key));
  if (full) await refundSend(ctx, counted);
  return full ?? null;
}

type Refusal = {
  readonly sending: Sending;
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
async function record(ctx: Ctx, { userId, channel }: Sending, { key }: Window, reason: string): Promise<void> {
  if (key.startsWith("send.world"))
    await recordEvent(ctx, { name: "send.budget_spent", result: "refused", subjectId: null, meta: { channel } });
  await recordEvent(ctx, {
    name: "code.post_refused",
    result: "refused",
    subjectId: userId,
    meta: { channel, reason },
  });
}
