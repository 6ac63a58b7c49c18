import type { Pass } from "@/lib/challenge/challenge";
import { findOptions } from "@/lib/challenge/options";
import { findLiveChallenge } from "@/lib/challenge/store";
import type { ChallengeView } from "@/lib/challenge/view";
import type { Ctx } from "@/lib/context/context";
import { maskEmail } from "@/lib/kernel/mask";

/** What a page shows of the open challenge that a pass names; null when it is over. Writes nothing. */
export async function readChallenge(ctx: Ctx, pass: Pass): Promise<ChallengeView | null> {
  const challenge = await findLiveChallenge(ctx, pass);
  if (challenge?.state !== "OPEN" || challenge.attemptsLeft === 0) return null;
  const options = await findOptions(ctx, challenge);
  const { purpose, reason, returnTo, expiresAt } = challenge;
  return { purpose, reason, returnTo, expiresAt, options, who: maskEmail(challenge.email) };
}
