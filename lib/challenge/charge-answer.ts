import { recordRefused } from "@/lib/audit/record-event";
import { closedTo } from "@/lib/audit/whose";
import type { Challenge } from "@/lib/challenge/challenge";
import { forgetPayment, payChallenge, unpayChallenge } from "@/lib/challenge/store";
import type { Ctx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import type { MessageId } from "@/lib/messages/catalogue";
import { recordRefusedAndTell } from "@/lib/notices/record-and-tell";
import { policy } from "@/lib/policy/policy";
import { bucketOf, type ClosedTo } from "@/lib/policy/throttle-rules";
import type { FactorKind } from "@/lib/policy/traits";
import { forgetDevice } from "@/lib/sessions/devices/trust-device";
import { endRefusedSession } from "@/lib/sessions/end-session";
import { countStepUpTry, uncountStepUpTry } from "@/lib/sessions/store";
import { type FactorCounter, keysOfCounter, refundFactorTry, settleTry } from "@/lib/throttle/spend-factor-try";

/** What one judged answer was charged to, so that what is not owed can be given back. */
export type Charge = {
  readonly challenge: Challenge;
  readonly kind: FactorKind;
  readonly counter: FactorCounter | null;
  readonly keys: readonly string[];
  /** What is left after this one: of the challenge's tries, or of its session's at step-up. */
  readonly triesLeft: number;
  /** Whom this try shuts out for good, if it stays counted: it was the last one that the binding's cap allows. */
  readonly closes: ClosedTo | null;
};

/**
 * Pays for one answer before it is judged. The requester's own challenge and the kind's counter pay in one write, and only together: a dead
 * or foreign token can never run up the owner's counters. Then, at step-up, their session.
 * `holdsKind` false (nothing of the kind is bound): only the challenge pays. Throws `challenge.expired` and `throttle.*`, nothing charged.
 */
export async function chargeAnswer(
  ctx: Ctx,
  challenge: Challenge,
  kind: FactorKind,
  holdsKind: boolean,
): Promise<Charge> {
  const counter = holdsKind ? counterOf(challenge, kind) : null;
  const keys = counter ? keysOfCounter(counter) : [];
  const paid = await payChallenge(ctx, challenge.id, counter);
  if (!paid) throw new DomainError("challenge.expired");
  let isCounterPaid = false;
  try {
    const settled = counter ? await settleTry(ctx, counter, paid) : null;
    isCounterPaid = true;
    if (settled?.deviceIsSpent && counter?.deviceId)
      await forgetDevice(ctx, counter.deviceId, challenge.userId, "too_many_tries");
    const triesLeft = Math.min(paid.attemptsLeft, await chargeSession(ctx, challenge));
    return { challenge, kind, counter, keys, triesLeft, closes: settled?.closes ?? null };
  } catch (error) {
    await unpayChallenge(ctx, challenge.id, keys);
    if (counter && isCounterPaid) await refundFactorTry(ctx, counter);
    if (error instanceof DomainError) await recordRefusal(ctx, challenge, kind, error.id);
    throw error;
  }
}

/**
 * Gives back what the person does not owe. A right code that was spent before costs the challenge, not the factor (NIST SP 800-63B-4
 * lets the verifier tell); a fault of ours, or a full house, costs nothing. A wrong answer stays paid. Out: true when the try was judged.
 */
export async function takeBackCharge(ctx: Ctx, { challenge, counter, keys }: Charge, error: unknown): Promise<boolean> {
  const ours = !(error instanceof DomainError) || error.id === "hash.busy";
  const replay = error instanceof DomainError && error.more.replay === true;
  if (replay) await forgetPayment(ctx, challenge.id, keys);
  if (ours) await unpayChallenge(ctx, challenge.id, keys);
  if (ours && challenge.sessionId !== null) await uncountStepUpTry(ctx, challenge.sessionId);
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

/** A wrong answer was the last one that the binding's cap allows; said once, not at each later try. A replay was given back and closes nothing. */
export async function recordClosing(ctx: Ctx, { challenge, kind, closes }: Charge, error: DomainError): Promise<void> {
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
async function chargeSession(ctx: Ctx, { purpose, sessionId, userId }: Challenge): Promise<number> {
  if (purpose !== "STEP_UP" || sessionId === null) return policy.session.stepUpTries;
  const failures = await countStepUpTry(ctx, sessionId);
  if (failures !== null) return policy.session.stepUpTries - failures;
  await endRefusedSession(ctx, { sessionId, userId, why: "step_up_failed" });
  throw new DomainError("challenge.expired");
}
