import { recordEvent } from "@/lib/audit/record-event";
import type { Ctx } from "@/lib/context/context";
import { otpDeliveryOf } from "@/lib/factors/otp-delivery-of";
import type { CodeToSend } from "@/lib/factors/strategy";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { noticeBudget } from "@/lib/notices/notice-budget";
import type { FactorKind } from "@/lib/policy/traits";
import { type ConsumedSend, consumeSend, consumeSendStep, refundSend } from "@/lib/throttle/consume-send";

/** One code that is to be sent, before it is: to `address`, for `owner`'s step. */
type Asked = {
  readonly kind: FactorKind;
  readonly owner: { readonly userId: string; readonly begunIn: string };
  readonly address: string;
  /** Null: somebody merely says that the address is theirs. Else it is bound, and this is the known device that asks, if it is one. */
  readonly bound: { readonly deviceId: string | null } | null;
  /** `consumeAsking` was called before. */
  readonly isStepConsumed?: boolean;
};

/**
 * Consumes one code of every budget, before `work` writes anything; when the work ends otherwise than well no code leaves, and it is refunded.
 * Throws `post.too_soon`, `post.no_more`, `post.too_many`, and what `work` throws.
 */
export async function consumingSend<T>(ctx: Ctx, asked: Asked, work: () => Promise<T>): Promise<T> {
  const consumed = await consumeBudgets(ctx, asked);
  try {
    return await work();
  } catch (fault) {
    await refundSend(ctx, consumed);
    throw fault;
  }
}

async function consumeBudgets(
  ctx: Ctx,
  { kind, owner, address, bound, isStepConsumed = false }: Asked,
): Promise<ConsumedSend> {
  const delivery = otpDeliveryOf(kind);
  if (!delivery) return [];
  const keys = delivery.budgetKeys(address);
  // claimed addresses have a step each, so that a mistyped one can be corrected at once; a challenge's ways have one each
  const step = bound ? stepOf(owner, kind) : `${owner.begunIn}:${keys.address}`;
  const { userId } = owner;
  const { channel } = delivery;
  const consumed = await consumeSend(ctx, {
    userId,
    channel,
    ...keys,
    step,
    isBound: bound !== null,
    deviceId: bound?.deviceId ?? null,
    isStepConsumed,
  }).catch(async (refusal: unknown) => {
    await noticeBudget(ctx, channel).catch((fault: unknown) =>
      logLine("error", "budget.not_told", { requestId: ctx.requestId, ...faultLine(fault) }),
    );
    throw refusal;
  });
  try {
    await noticeBudget(ctx, channel); // consumed or refused: whoever can do something about a spent budget must hear of it
  } catch (fault) {
    await refundSend(ctx, consumed); // no code leaves then, so none is consumed
    throw fault;
  }
  return consumed;
}

/** Consumes what asking costs, alone, whatever comes of it. Throws `post.too_soon`, `post.no_more`. */
export async function consumeAsking(ctx: Ctx, { kind, owner }: Pick<Asked, "kind" | "owner">): Promise<void> {
  const delivery = otpDeliveryOf(kind);
  if (!delivery) return;
  await consumeSendStep(ctx, { userId: owner.userId, channel: delivery.channel, step: stepOf(owner, kind) });
}

const stepOf = ({ begunIn }: Asked["owner"], kind: FactorKind) => `${begunIn}:${kind}`;

/** Sends a code whose budgets were consumed: queued in the caller's transaction, with its event. Kinds that send nothing do nothing. */
export async function sendCode(
  tx: Ctx,
  { kind, ...toSend }: CodeToSend & { readonly kind: FactorKind },
): Promise<void> {
  const delivery = otpDeliveryOf(kind);
  if (!delivery) return;
  await delivery.send(tx, toSend);
  const { factor, scene } = toSend;
  const meta = { kind, factor: factor.id, purpose: scene.purpose };
  await recordEvent(tx, { name: "code.posted", subjectId: factor.userId, meta });
}
