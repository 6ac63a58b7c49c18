import { recordEvent } from "@/lib/audit/record-event";
import type { Ctx } from "@/lib/context/context";
import { sendingOf } from "@/lib/factors/sending-of";
import type { Errand } from "@/lib/factors/strategy";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { noticeBudget } from "@/lib/notices/notice-budget";
import type { FactorKind } from "@/lib/policy/traits";
import { type ConsumedSend, consumeErrand, consumeSend, refundSend } from "@/lib/throttle/consume-send";

/** One code that is to be posted, before it is: to `address`, for `owner`'s step. */
type Asked = {
  readonly kind: FactorKind;
  readonly owner: { readonly userId: string; readonly begunIn: string };
  readonly address: string;
  /** Null: somebody merely says that the address is theirs. Else it is bound, and this is the known device that asks, if it is one. */
  readonly bound: { readonly deviceId: string | null } | null;
  /** `consumeAsking` was called before. */
  readonly isAskingPaid?: boolean;
};

/**
 * Consumes one code of every budget, before anything is written. Out: of what, for `refundPost`.
 * Throws `post.too_soon`, `post.no_more`, `post.too_many`.
 */
export async function consumePost(
  ctx: Ctx,
  { kind, owner, address, bound, isAskingPaid }: Asked,
): Promise<ConsumedSend> {
  const sending = sendingOf(kind);
  if (!sending) return [];
  const price = sending.price(address);
  // claimed addresses have a step each, so that a mistyped one can be corrected at once; a challenge's ways have one each
  const errand = bound ? errandOf(owner, kind) : `${owner.begunIn}:${price.address}`;
  const { userId } = owner;
  const { channel } = sending;
  const consumed = await consumeSend(ctx, {
    userId,
    channel,
    ...price,
    errand,
    isBound: bound !== null,
    deviceId: bound?.deviceId ?? null,
    isErrandConsumed: isAskingPaid === true,
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
  const sending = sendingOf(kind);
  if (!sending) return;
  await consumeErrand(ctx, { userId: owner.userId, channel: sending.channel, errand: errandOf(owner, kind) });
}

const errandOf = ({ begunIn }: Asked["owner"], kind: FactorKind) => `${begunIn}:${kind}`;

/** Refunds what was consumed for a code that could not be posted: our own fault. */
export const refundPost = refundSend;

/** Posts a code that was consumed for, in the caller's transaction with its event. Kinds that post nothing do nothing. */
export async function postCode(tx: Ctx, { kind, ...errand }: Errand & { readonly kind: FactorKind }): Promise<void> {
  const sending = sendingOf(kind);
  if (!sending) return;
  await sending.post(tx, errand);
  const { factor, scene } = errand;
  const meta = { kind, factor: factor.id, purpose: scene.purpose };
  await recordEvent(tx, { name: "code.posted", subjectId: factor.userId, meta });
}
