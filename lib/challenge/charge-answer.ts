import type { Challenge } from "@/lib/challenge/challenge";
import { payChallenge, unpayChallenge } from "@/lib/challenge/store";
import type { Ctx } from "@/lib/context/context";
import { forgetDevice } from "@/lib/devices/trust-device";
import type { FactorKind } from "@/lib/factors/factor";
import { strategies } from "@/lib/factors/registry";
import { DomainError } from "@/lib/kernel/errors";
import { endSession } from "@/lib/sessions/end-session";
import { countStepUpTry, uncountStepUpTry } from "@/lib/sessions/store";
import { refundTry } from "@/lib/throttle/refund-try";
import { type FactorLane, keysOfLane, spendFactorTry } from "@/lib/throttle/spend-factor-try";

/** What one judged answer was charged to, so that a fault of ours can be taken back. */
export type Charge = { readonly challenge: Challenge; readonly keys: readonly string[]; readonly attemptsLeft: number };

/**
 * Pays for one answer before it is judged, each in a write of its own. The requester's own challenge pays first: a dead or foreign
 * token can never run up the owner's counters. Then, at step-up, their session; then the kind's lane.
 * `holdsKind` false (nothing of the kind is bound): only the challenge pays. Throws `challenge.expired` and `throttle.*`, nothing charged.
 */
export async function chargeAnswer(ctx: Ctx, challenge: Challenge, kind: FactorKind, holdsKind: boolean): Promise<Charge> {
  const lane = holdsKind ? laneOf(challenge, kind) : null;
  const keys = lane ? keysOfLane(lane) : [];
  const paid = await payChallenge(ctx, challenge.id, keys);
  if (!paid) throw new DomainError("challenge.expired");
  const charge = { challenge, keys, attemptsLeft: paid.attemptsLeft };
  try {
    await chargeSession(ctx, challenge);
    if (lane && (await spendFactorTry(ctx, lane)) && lane.deviceId) await forgetDevice(ctx, lane.deviceId, challenge.userId, "too_many_tries");
  } catch (error) {
    await unpayChallenge(ctx, challenge.id, keys);
    if (challenge.sessionId !== null) await uncountStepUpTry(ctx, challenge.sessionId);
    throw error;
  }
  return charge;
}

/**
 * Gives back what the person does not owe. A right code that was spent before costs the challenge, not the factor (NIST SP 800-63B-4
 * lets the verifier tell); a fault of ours, or a full house, costs nothing. A wrong answer stays paid.
 */
export async function takeBackCharge(ctx: Ctx, charge: Charge, error: unknown): Promise<void> {
  const ours = !(error instanceof DomainError) || error.id === "hash.busy";
  const replay = error instanceof DomainError && error.more.replay === true;
  if (ours || replay) await refundTry(ctx, charge.keys);
  if (!ours) return;
  await unpayChallenge(ctx, charge.challenge.id, charge.keys);
  if (charge.challenge.sessionId !== null) await uncountStepUpTry(ctx, charge.challenge.sessionId);
}

function laneOf(challenge: Challenge, kind: FactorKind): FactorLane | null {
  const { bucket } = strategies[kind];
  return bucket === null ? null : { rule: bucket, userId: challenge.userId, deviceId: challenge.deviceId };
}

/** Five judged failures at step-up over all its challenges end the session: it may be in the wrong hands. */
async function chargeSession(ctx: Ctx, { purpose, sessionId, userId }: Challenge): Promise<void> {
  if (purpose !== "STEP_UP" || sessionId === null) return;
  if ((await countStepUpTry(ctx, sessionId)) !== null) return;
  await endSession(ctx, { sessionId, userId, why: "step_up_failed" });
  throw new DomainError("challenge.expired");
}
