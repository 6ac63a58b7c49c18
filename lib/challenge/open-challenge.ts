import { recordEvent } from "@/lib/audit/record-event";
import type { Pass } from "@/lib/challenge/challenge";
import { insertChallenge, type NewChallenge } from "@/lib/challenge/store";
import type { RawCtx } from "@/lib/context/context";
import { type Duration, later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** Makes a challenge that lives six minutes, or as long as `lifetime` says. Out: the pass for its token. Half logins that are too many with it end, and that is recorded. */
export async function openChallenge(
  tx: RawCtx,
  challenge: Omit<NewChallenge, "id" | "tokenId" | "expiresAt">,
  lifetime: Duration = policy.challenge.lifetime,
): Promise<Pass> {
  const pass = { challengeId: tx.random.id(), tokenId: tx.random.id(), clientId: challenge.clientId };
  const gone = await insertChallenge(tx, {
    ...challenge,
    id: pass.challengeId,
    tokenId: pass.tokenId,
    expiresAt: later(tx.now, lifetime),
  });
  const about = { name: "challenge.died", result: "ok", subjectId: challenge.userId } as const;
  for (const id of gone) await recordEvent(tx, { ...about, meta: { challenge: id, purpose: challenge.purpose } });
  return pass;
}
