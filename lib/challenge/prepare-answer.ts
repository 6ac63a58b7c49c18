import { isOfSession, type Pass } from "@/lib/challenge/challenge";
import { byUse } from "@/lib/challenge/code-destinations";
import { foreignChallenge } from "@/lib/challenge/foreign-challenge";
import { heldFor } from "@/lib/challenge/held-before";
import { findWays } from "@/lib/challenge/options";
import { findLiveChallenge } from "@/lib/challenge/store";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { openSecretOrTell } from "@/lib/crypto/factor-secret";
import type { Factor } from "@/lib/factors/factor";
import { goneFactor } from "@/lib/factors/gone";
import { otpDeliveryOf } from "@/lib/factors/otp-delivery-of";
import { consumingSend, sendCode } from "@/lib/factors/send-code";
import { DomainError } from "@/lib/kernel/errors";
import type { FactorKind } from "@/lib/policy/traits";

type Preparing = {
  readonly pass: Pass;
  /** Null: the way that is offered first. */
  readonly kind: FactorKind | null;
  /** Which of several addresses; null: the one that was used last. */
  readonly factorId: string | null;
  readonly sessionId: string | null;
  /** Only the first time: whoever comes back to a way finds what was sent before. */
  readonly onlyFirst?: boolean;
  /** `consumeAsking` was called before, with the answer still open. */
  readonly isStepConsumed?: boolean;
};

/**
 * Prepares what the person needs to answer: sends a code to one of their own addresses. To which one comes from our rows; an id from the
 * request only chooses among them. Kinds that send nothing do nothing: the options of a ceremony are made by the page that asks
 * (`readPrepared`). The code leaves with the outbox worker, so a provider that hangs holds nobody up. Out: the way that was prepared.
 * Throws `challenge.expired`, `post.*`.
 */
export async function prepareAnswer(ctx: Ctx, preparing: Preparing): Promise<FactorKind | null> {
  const { pass, kind, factorId, sessionId, onlyFirst = false, isStepConsumed = false } = preparing;
  const challenge = await findLiveChallenge(ctx, pass);
  if (challenge?.state !== "OPEN" || challenge.attemptsLeft === 0) throw new DomainError("challenge.expired");
  const { id, userId, purpose, deviceId } = challenge;
  if (!isOfSession(challenge, sessionId)) throw await foreignChallenge(ctx, challenge);
  const { options, closed } = await findWays(ctx, challenge);
  const way = kind ?? options[0] ?? null;
  const delivery = way === null ? null : otpDeliveryOf(way);
  if (way === null || delivery === null) return way;
  if (onlyFirst && closed.includes(way)) return way; // nobody asked for a code that opens nothing
  const held = options.includes(way) ? await heldFor(ctx, challenge, way) : [];
  const scene = { purpose, challengeId: id };
  if (onlyFirst && (await delivery.lastSent(ctx, held, scene)) !== null) return way;
  const factor = chosen(held, factorId);
  if (!factor && factorId !== null) await goneFactor(ctx, { userId, sessionId });
  const address = factor ? openSecretOrTell(factor) : null;
  if (!factor || address === null) throw new DomainError("post.nothing_sent", { field: "send" });
  const asked = { kind: way, owner: { userId, begunIn: id }, address, bound: { deviceId }, isStepConsumed };
  await consumingSend(ctx, asked, () => inTransaction(ctx, (tx) => sendCode(tx, { kind: way, factor, scene })));
  return way;
}

function chosen(held: readonly Factor[], factorId: string | null): Factor | undefined {
  if (factorId !== null) return held.find(({ id }) => id === factorId);
  return byUse(held)[0];
}
