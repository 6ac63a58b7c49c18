import { recordRefused } from "@/lib/audit/record-event";
import { closedTo } from "@/lib/audit/whose";
import type { Challenge } from "@/lib/challenge/challenge";
import { consumeChallengeTry, noteRefund, refundChallengeTry } from "@/lib/challenge/store";
import type { Ctx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { isOurFault } from "@/lib/kernel/our-fault";
import type { MessageId } from "@/lib/messages/catalogue";
import { recordRefusedAndTell } from "@/lib/notices/record-and-tell";
import { policy } from "@/lib/policy/policy";
import { bucketOf, type ClosedTo } from "@/lib/policy/throttle-rules";
import type { FactorKind } from "@/lib/policy/traits";
import { forgetDevice } from "@/lib/sessions/devices/known-device";
import { endRefusedSession } from "@/lib/sessions/end-session";
import { consumeStepUpTry, refundStepUpTry } from "@/lib/sessions/store";
import { concludeFactorTry, isFirstRefusal, refundFactorTry } from "@/lib/throttle/consume-factor-try";
import { countingUnjudged } from "@/lib/throttle/counting-unjudged";
import { type FactorCounter, keysOfCounter } from "@/lib/throttle/factor-buckets";

/** Which tries one answer consumed, so that what is not owed can be refunded. */
export type ConsumedTry = {
  readonly challenge: Challenge;
  readonly kind: FactorKind;
  readonly counter: FactorCounter | null;
  readonly keys: readonly string[];
  /** What is left after this one: of the challenge's tries, or of its session's at step-up. */
  readonly triesLeft: number;
  /** Whom this try shuts out for good, if it stays consumed: it was the last one that the binding's cap allows. */
  readonly closes: ClosedTo | null;
};

/**
 * Consumes one try before an answer is judged. One of the requester's own challenge and one of the kind's counter in one write, and only together: a dead
 * or foreign token can never run up the owner's counters. Then, at step-up, their session.
 * `holdsKind` false (nothing of the kind is bound): only the challenge's. Throws `challenge.expired` and `throttle.*`, nothing consumed.
 */
export async function consumeAnswerTry(
  ctx: Ctx,
  challenge: Challenge,
  kind: FactorKind,
  holdsKind: boolean,
): Promise<ConsumedTry> {
  const counter = holdsKind ? counterOf(challenge, kind) : null;
  const keys = counter ? keysOfCounter(counter) : [];
  const consumed = await consumeChallengeTry(ctx, challenge.id, counter);
  if (!consumed) throw new DomainError("challenge.expired");
  let isCounterConsumed = false;
  try {
    const here = { at: "challenge", kind, purpose: challenge.purpose } as const;
    const concluded = counter && (await countingUnjudged(here, () => concludeFactorTry(ctx, counter, consumed)));
    isCounterConsumed = true;
    if (concluded?.deviceIsUsedUp && counter?.deviceId)
      await forgetDevice(ctx, counter.deviceId, challenge.userId, "too_many_tries");
    const triesLeft = Math.min(consumed.attemptsLeft, await consumeSessionTry(ctx, challenge));
    return { challenge, kind, counter, keys, triesLeft, closes: concluded?.closes ?? null };
  } catch (error) {
    await refundChallengeTry(ctx, challenge.id, keys);
    if (counter && isCounterConsumed) await refundFactorTry(ctx, counter);
    if (!(error instanceof DomainError)) throw error;
    const isOfCounter = counter !== null && !isCounterConsumed;
    if (!isOfCounter || (await isFirstRefusal(ctx, counter))) await recordRefusal(ctx, challenge, kind, error.id);
    throw error;
  }
}

/**
 * Refunds what the person does not owe. A right code that was spent before costs the challenge, not the factor (NIST SP 800-63B-4
 * lets the verifier tell); a fault of ours, or a full house, costs nothing. A wrong answer stays consumed. Out: true when the try was judged.
 */
export async function refundAnswerTry(
  ctx: Ctx,
  { challenge, counter, keys }: ConsumedTry,
  error: unknown,
): Promise<boolean> {
  const ours = isOurFault(error);
  const replay = error instanceof DomainError && error.more.replay === true;
  if (replay) await noteRefund(ctx, challenge.id, keys);
  if (ours) await refundChallengeTry(ctx, challenge.id, keys);
  if (ours && challenge.sessionId !== null) await refundStepUpTry(ctx, challenge.sessionId);
  if (counter && (ours || replay)) await refundFactorTry(ctx, counter);
  return !ours;
}

/** Notes why an answer was refused. */
export async function recordRefusal(
  ctx: Ctx,
  challenge: Challenge,
  kind: FactorKind,
  reason: MessageId,
): Promise<void> {
  const { id, userId, purpose, sessionId } = challenge;
  const about = { subjectId: userId, ...(sessionId === null ? {} : { sessionId }) };
  await recordRefused(ctx, {
    name: "challenge.refused",
    ...about,
    meta: { challenge: id, purpose, kind, reason },
  });
}

/** A wrong answer was the last one that the binding's cap allows; said once, not at each later try. A replay was refunded and closes nothing. */
export async function recordClosing(
  ctx: Ctx,
  { challenge, kind, closes }: ConsumedTry,
  error: DomainError,
): Promise<void> {
  if (closes === null || error.more.replay === true) return;
  const { userId } = challenge;
  const meta = { kind, ...closedTo(closes) };
  await recordRefusedAndTell(ctx, {
    event: { name: "factor.closed", subjectId: userId, actorId: null, meta },
    facts: { factor: kind },
  });
}

function counterOf(challenge: Challenge, kind: FactorKind): FactorCounter | null {
  const bucket = bucketOf(kind);
  return bucket === null ? null : { rule: bucket, userId: challenge.userId, deviceId: challenge.deviceId };
}

/** Five judged failures at step-up over all its challenges end the session: it may be in the wrong hands. Out: how many are left. */
async function consumeSessionTry(ctx: Ctx, { purpose, sessionId, userId }: Challenge): Promise<number> {
  if (purpose !== "STEP_UP" || sessionId === null) return policy.session.stepUpTries;
  const failures = await consumeStepUpTry(ctx, sessionId);
  if (failures !== null) return policy.session.stepUpTries - failures;
  await endRefusedSession(ctx, { sessionId, userId, why: "step_up_failed" });
  throw new DomainError("challenge.expired");
}
