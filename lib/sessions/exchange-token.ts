import type { Ctx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { restampSession } from "@/lib/sessions/store";

/**
 * The acting session under the person's new stamp and a new token (ASVS 5.0, 7.2.4 and 7.4.3); the old token opens nothing from then on.
 * Out: the token for its cookie, or null when the session is over.
 */
export async function exchangeToken(
  tx: Ctx,
  id: string,
  userId: string,
  credentialVersion: number,
): Promise<string | null> {
  const token = `ses_${tx.random.token()}`;
  return (await restampSession(tx, { id, userId, credentialVersion, tokenHash: sha256(token) })) ? token : null;
}
