import { recordEvent } from "@/lib/audit/record-event";
import type { RawCtx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import { passwordProof } from "@/lib/sessions/session";
import { insertSession } from "@/lib/sessions/store";

type Opening = {
  readonly userId: string;
  readonly challengeId: string;
  readonly credentialVersion: number;
  readonly amr: readonly string[];
  readonly provenWith: string;
  readonly deviceId: string | null;
};

/**
 * Opens a session for a consumed challenge, inside that challenge's transaction; only `lib/challenge` calls it.
 * Out: the token for the cookie (256 bits, stored as SHA-256) and the row's id. Those that had to leave for it are recorded.
 */
export async function openSession(
  tx: RawCtx,
  opening: Opening,
): Promise<{ readonly id: string; readonly token: string }> {
  const id = tx.random.id();
  const token = `ses_${tx.random.token()}`;
  const aal = opening.provenWith === passwordProof ? 1 : 2;
  const beyondCap = await insertSession(tx, {
    ...opening,
    id,
    tokenHash: sha256(token),
    aal,
    expiresAt: later(tx.now, policy.session.lifetime),
  });
  await recordEvent(tx, {
    name: "session.opened",
    result: "ok",
    subjectId: opening.userId,
    sessionId: id,
    meta: { challenge: opening.challengeId, amr: opening.amr.join(" ") },
  });
  const subjectId = opening.userId;
  for (const sessionId of beyondCap)
    await recordEvent(tx, { name: "session.ended", result: "ok", subjectId, sessionId, meta: { why: "cap" } });
  return { id, token };
}
