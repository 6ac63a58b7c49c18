import type { RawCtx } from "@/lib/context/context";
import { canLeave } from "@/lib/letters/queue-letters";
import { secondStepWrong } from "@/lib/notices/kinds/second-step-wrong";
import { countWrongSteps } from "@/lib/notices/store";
import { tellGathered } from "@/lib/notices/tell-gathered";
import { policy } from "@/lib/policy/policy";

/** A judged wrong answer at the second door. `keys`: the counters that it was consumed from: the account's, on a known device its own too; none for a kind without. */
export type WrongStep = { readonly userId: string; readonly challengeId: string; readonly keys: readonly string[] };

/**
 * Somebody knows the password and does not know the second step: from the third wrong answer on, in one login or over several that never
 * succeeded, its owner is told. Called for logins only, after the refusal is counted. One query; none while mail is off.
 */
export async function noticeWrongStep(ctx: RawCtx, { userId, challengeId, keys }: WrongStep): Promise<void> {
  if (!canLeave("mail")) return;
  const { here, since } = await countWrongSteps(ctx, challengeId, keys);
  if (Math.max(here, since) < policy.notice.wrongSteps) return;
  await tellGathered(ctx, { notice: secondStepWrong, subject: userId, challengeId });
}
