import type { Pass } from "@/lib/challenge/challenge";
import { insertChallenge, type NewChallenge } from "@/lib/challenge/store";
import type { RawCtx } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** Makes a challenge that lives six minutes. Out: the pass for its token, and its end. */
export async function openChallenge(
  tx: RawCtx,
  challenge: Omit<NewChallenge, "id" | "tokenId" | "expiresAt">,
): Promise<Pass> {
  const pass = { challengeId: tx.random.id(), tokenId: tx.random.id(), lane: challenge.lane };
  await insertChallenge(tx, {
    ...challenge,
    id: pass.challengeId,
    tokenId: pass.tokenId,
    expiresAt: later(tx.now, policy.challenge.lifetime),
  });
  return pass;
}
