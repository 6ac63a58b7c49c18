import { recordRefused } from "@/lib/audit/record-event";
import type { Ctx } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { tally } from "@/lib/kernel/tally";
import type { Asking, SendWindow } from "@/lib/throttle/send-windows";
import { findBucket } from "@/lib/throttle/store";
import { claimFirstRefusal } from "@/lib/throttle/windows/store";

/** Which of them is full, for whom, and what it means for them. */
export type SendRefusal = {
  readonly sending: Asking;
  readonly full: SendWindow;
  readonly id: "post.too_soon" | "post.no_more" | "post.too_many";
};

/** The error that says from when on it is possible again. Of a window's refusals only the first is recorded: a flood must not write a row each. */
export async function refusedSend(ctx: Ctx, { sending, full, id }: SendRefusal): Promise<DomainError> {
  tally({ what: "counter full", counter: full.name });
  if (await claimFirstRefusal(ctx, full.key)) await record(ctx, sending, full, id);
  if (id === "post.no_more") return new DomainError(id, { field: "send" });
  const state = await findBucket(ctx, full.key);
  return new DomainError(id, { field: "send", retryAt: later(state?.windowStart ?? ctx.now, full.rule.window) });
}

/** The day's budget of the whole house is nobody's own: pumping, or a budget that is too small. */
async function record(ctx: Ctx, { userId, channel }: Asking, { name }: SendWindow, reason: string): Promise<void> {
  if (name === "send.world")
    await recordRefused(ctx, { name: "send.budget_spent", subjectId: null, meta: { channel } });
  await recordRefused(ctx, {
    name: "code.post_refused",
    subjectId: userId,
    meta: { channel, reason },
  });
}
