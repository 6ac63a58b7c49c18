import { recordEvent } from "@/lib/audit/record-event";
import type { RawCtx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { renewProof } from "@/lib/sessions/store";

/**
 * A step-up succeeded: notes the fresh proof and rotates the session's token, against session fixation (ASVS 5.0, 7.2.4).
 * Out: the new token, or null when the session ended meanwhile. The absolute end does not move.
 */
export async function refreshProof(
  tx: RawCtx,
  proof: { readonly sessionId: string; readonly userId: string; readonly kind: string },
): Promise<string | null> {
  const token = `ses_${tx.random.token()}`;
  const renewed = await renewProof(tx, {
    id: proof.sessionId,
    userId: proof.userId,
    tokenHash: sha256(token),
    with: proof.kind,
  });
  if (!renewed) return null;
  await recordEvent(tx, {
    name: "proof.refreshed",
    subjectId: proof.userId,
    sessionId: proof.sessionId,
    meta: { kind: proof.kind },
  });
  return token;
}
