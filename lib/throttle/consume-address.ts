import { recordRefused } from "@/lib/audit/record-event";
import { consumedFrom } from "@/lib/audit/whose";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { networksOf } from "@/lib/kernel/networks";
import { throttleRules, type WindowRule } from "@/lib/policy/throttle-rules";
import { bucketKey } from "@/lib/throttle/bucket";
import { refusal } from "@/lib/throttle/consume-try";
import { refundingAtFault, refundingOpened } from "@/lib/throttle/refund-tries";
import {
  type ConsumedInWindow,
  claimFirstRefusal,
  consumeWindowTries,
  refundInSameWindow,
} from "@/lib/throttle/windows/store";

/** The windows of an address that one try was consumed from, near before wide; none for an app's own server. */
export type ConsumedAddress = readonly ConsumedInWindow[];

/**
 * Which windows: those of passwords, of links (set-up, invitations, resets, the alarm page), of questions for a registration, or of forgotten passwords, so that
 * none uses up another's.
 */
export type AddressDoor = "address" | "links" | "register" | "forgot";

/**
 * Consumes one try of the visitor's address before `work` looks at anything; a fault of ours that ends the work refunds it, for a whole office may share that
 * window. Throws `throttle.too_many`, and what `work` throws.
 */
export async function consumingAddress<T>(ctx: Ctx, door: AddressDoor, work: () => Promise<T>): Promise<T> {
  const consumed = await consumeAddress(ctx, door);
  return refundingAtFault(ctx, consumed, work);
}

/**
 * The same for what a letter or the operator has handed out and what is spent when it opens: where `work` opens it, the try is refunded, exactly that one, so that
 * honest people behind one address do not wait for each other. Nobody gains a guess by it: what is guessed opens nothing.
 */
export async function consumingLink<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
  const consumed = await consumeAddress(ctx, "links");
  return refundingOpened(ctx, consumed, work);
}

/**
 * Consumes one try of the visitor's address: IPv4 /32 and /24, IPv6 /64 and /48, mapped IPv4 folded.
 * Throws `throttle.too_many` when either is used up. An attacker rotates addresses, so this is never the only control.
 * Of a window's refusals only the first is recorded: a flood must not write a row for each request.
 * Out: of which windows, so that a right password can be refunded.
 */
export async function consumeAddress(ctx: Ctx, door: AddressDoor = "address"): Promise<ConsumedAddress> {
  if (ctx.visitor.isShared === true) return []; // an app's own server: a try of its own window was consumed
  const { near, wide } = networksOf(ctx.visitor.ip);
  const nearName = `${door}.near` as const;
  const wideName = `${door}.wide` as const;
  const tries = [
    { name: nearName, key: bucketKey(nearName, near), rule: windowOf(nearName) },
    { name: wideName, key: bucketKey(wideName, wide), rule: windowOf(wideName) },
  ];
  const consumed = await consumeWindowTries(ctx, tries);
  const full = tries[consumed.length];
  if (!full) return consumed;
  for (const one of consumed) await refundInSameWindow(ctx, one); // a refused try costs nothing: one address cannot use up what its neighbours share
  await recordFirstRefusal(ctx, full.key);
  throw await refusal(ctx, full.name, full.key);
}

/** How many logins one address may try is the operator's to say: an office has many people. Its network has ten times that. */
function windowOf(name: `${AddressDoor}.${"near" | "wide"}`): WindowRule {
  const { loginsPerAddress } = config();
  if (name === "address.near") return { ...throttleRules[name], limit: loginsPerAddress };
  if (name === "address.wide") return { ...throttleRules[name], limit: 10 * loginsPerAddress };
  return throttleRules[name];
}

/** Nobody's account is asked for yet, so the event names nobody. No transaction: in a flood, two statements more for each request. */
async function recordFirstRefusal(ctx: Ctx, key: string): Promise<void> {
  if (!(await claimFirstRefusal(ctx, key))) return;
  await recordRefused(ctx, { name: "login.throttled", subjectId: null, meta: consumedFrom("address") });
}
