import { recordEvent } from "@/lib/audit/record-event";
import type { Pass } from "@/lib/challenge/challenge";
import { findLiveChallenge, killChallenge } from "@/lib/challenge/store";
import { type Ctx, inTransaction } from "@/lib/context/context";

/** The person gives up: the challenge is dead and its token with it. Out: where a step-up came from, or null after a login. */
export async function cancelChallenge(ctx: Ctx, pass: Pass): Promise<string | null> {
  const challenge = await findLiveChallenge(ctx, pass);
  if (!challenge) return null;
  await inTransaction(ctx, async (tx) => {
    if (!(await killChallenge(tx, challenge.id))) return;
    const meta = { challenge: challenge.id, purpose: challenge.purpose };
    await recordEvent(tx, { name: "challenge.cancelled", subjectId: challenge.userId, meta });
  });
  return challenge.purpose === "STEP_UP" ? challenge.returnTo : null;
}
