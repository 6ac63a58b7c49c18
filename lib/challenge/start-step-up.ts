import { recordEvent } from "@/lib/audit/record-event";
import type { Pass } from "@/lib/challenge/challenge";
import { openChallenge } from "@/lib/challenge/open-challenge";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { portalClient } from "@/lib/policy/clients";
import type { FreshAction } from "@/lib/policy/freshness";
import type { CurrentSession } from "@/lib/sessions/session";

type Asked = { readonly session: CurrentSession; readonly action: FreshAction; readonly returnTo: string };

/** Begins a reauthentication (NIST SP 800-63B-4, 5.2): the same challenge as at login, for a session whose last proof is too old or too weak. It refreshes that session and opens none. */
export async function startStepUp(ctx: Ctx, { session, action, returnTo }: Asked): Promise<Pass> {
  return inTransaction(ctx, async (tx) => {
    const pass = await openChallenge(tx, {
      userId: session.userId,
      purpose: "STEP_UP",
      state: "OPEN",
      clientId: portalClient,
      firstAmr: [],
      returnTo,
      reason: action,
      address: [],
      network: null,
      credentialVersion: session.credentialVersion,
      sessionId: session.id,
      deviceId: session.deviceId,
      isShared: false,
    });
    const meta = { challenge: pass.challengeId, purpose: "STEP_UP", action };
    await recordEvent(tx, {
      name: "challenge.started",
      subjectId: session.userId,
      sessionId: session.id,
      meta,
    });
    return pass;
  });
}
