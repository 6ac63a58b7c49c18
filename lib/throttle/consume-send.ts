import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { refusedSend } from "@/lib/throttle/refused-send";
import {
  type Asking,
  type Claim,
  claimOf,
  type Sending,
  type SendWindow,
  windowOf,
  windowsOf,
  windowsOfStep,
} from "@/lib/throttle/send-windows";
import { deleteBucket } from "@/lib/throttle/store";
import { consumeWindowTry, refundWindowTry } from "@/lib/throttle/windows/store";

/** The windows that one code was consumed from. */
export type ConsumedSend = readonly Pick<SendWindow, "name" | "key">[];

/**
 * Consumes one code of every window before it is sent: first its own challenge, then the account, the address, the block, the visitor's network and
 * the whole house's day. What strangers claim uses up at most half of that day, and none of what a bound address may get; an owner on a
 * known device has a reserve that nobody else can use up. Out: of which buckets, for `refundSend`.
 * Throws `post.too_soon` and `post.too_many` with the time from which it is possible again, and `post.no_more` without: the step is over before its
 * window is. Then nothing was consumed.
 */
export async function consumeSend(ctx: Ctx, sending: Sending): Promise<ConsumedSend> {
  const own = sending.isStepConsumed === true ? [] : windowsOfStep(sending);
  const consumed = await consumeAll(ctx, [...own, ...windowsOf(ctx, sending)], claimOf(sending));
  if (consumed.full === null) return consumed.of;
  const { full } = consumed;
  if (full.name === "send.gap") throw await refusedSend(ctx, { sending, full, id: "post.too_soon" });
  if (full.name === "send.challenge") throw await refusedSend(ctx, { sending, full, id: "post.no_more" });
  if (sending.isBound && sending.deviceId !== null) {
    const reserved = await consumeAll(ctx, [...own, windowOf("send.reserve", sending.userId)], null);
    if (reserved.full === null) return reserved.of;
  }
  throw await refusedSend(ctx, { sending, full, id: "post.too_many" });
}

/**
 * Consumes only what a challenge's own way costs: the gap between two codes, and how many there are. For whoever asks with an address that may or may
 * not be theirs: both cost the same, so that the next answer does not tell. Throws `post.too_soon`, `post.no_more`.
 */
export async function consumeSendStep(ctx: Ctx, asking: Asking): Promise<void> {
  const { full } = await consumeAll(ctx, windowsOfStep(asking), null);
  if (full === null) return;
  throw await refusedSend(ctx, {
    sending: asking,
    full,
    id: full.name === "send.gap" ? "post.too_soon" : "post.no_more",
  });
}

/** Refunds what was consumed for a code that was not sent after all. A gap was never begun: its minute counts from the next code on. */
export async function refundSend(ctx: Ctx, consumed: ConsumedSend): Promise<void> {
  for (const { name, key } of consumed)
    await (name === "send.gap" ? deleteBucket(ctx, key) : refundWindowTry(ctx, key));
}

type Consumed = { readonly full: null; readonly of: ConsumedSend } | { readonly full: SendWindow };

/**
 * Consumes one of each, or of none: one after another in a transaction that a full one rolls back, always in the same order, so that those
 * who come at once wait for each other and count only what is certain.
 */
export async function consumeAll(ctx: Ctx, windows: readonly SendWindow[], claim: Claim | null): Promise<Consumed> {
  try {
    return await inShortTransaction(ctx, async (tx) => {
      const hasRoom = async (one: SendWindow) => (await consumeWindowTry(tx, one.key, one.rule)) !== null;
      const isNew = claim !== null && (await hasRoom(claim.noted));
      const asked = claim && isNew ? [claim.counted, ...windows] : windows;
      for (const one of asked)
        if (!(await hasRoom(one))) throw new DomainError("post.too_many", { params: { full: one.key } });
      return { full: null, of: [...asked, ...(claim && isNew ? [claim.noted] : [])] };
    });
  } catch (error) {
    const key = error instanceof DomainError ? error.more.params?.full : undefined;
    const full = [...windows, ...(claim ? [claim.counted] : [])].find((one) => one.key === key);
    if (full === undefined) throw error;
    return { full };
  }
}
