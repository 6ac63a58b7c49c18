import type { Pass } from "@/lib/challenge/challenge";
import { claimSatisfied } from "@/lib/challenge/store";
import { inShortTransaction, type RawCtx } from "@/lib/context/context";
import { touchTrustedDevice } from "@/lib/devices/store";
import { trustDevice } from "@/lib/devices/trust-device";
import { isBoundKind, isFactorKind } from "@/lib/factors/factor";
import { strategies } from "@/lib/factors/registry";
import { openSession } from "@/lib/sessions/open-session";
import { passwordProof } from "@/lib/sessions/session";

/** A session that was opened. `deviceToken`: for a browser that passed both doors and was not known yet. */
export type Opened = { readonly userId: string; readonly sessionToken: string; readonly deviceToken: string | null };

/**
 * The one door to a session: satisfied → consumed and the session's row in one transaction, once, within a minute, under the token
 * that was handed out for this challenge. Null: somebody claimed it before, it is not satisfied, too old, or the account has moved.
 */
export async function claimLogin(ctx: RawCtx, pass: Pass): Promise<Opened | null> {
  return inShortTransaction(ctx, async (tx) => {
    const claimed = await claimSatisfied(tx, pass);
    if (!claimed) return null;
    const { userId, credentialVersion, satisfiedWith } = claimed;
    const second = isFactorKind(satisfiedWith) ? satisfiedWith : null;
    // A device that was forgotten between the doors is no device any more.
    const isKnown = claimed.deviceId !== null && (await touchTrustedDevice(tx, claimed.deviceId));
    const knownId = isKnown ? claimed.deviceId : null;
    const device =
      second && isBoundKind(second) && knownId === null ? await trustDevice(tx, { userId, credentialVersion }) : null;
    const session = await openSession(tx, {
      ...{ userId, challengeId: pass.challengeId, credentialVersion },
      amr: second ? [...claimed.firstAmr, strategies[second].amr] : claimed.firstAmr,
      provenWith: second ?? passwordProof,
      deviceId: device?.id ?? knownId,
    });
    return { userId, sessionToken: session.token, deviceToken: device?.token ?? null };
  });
}
