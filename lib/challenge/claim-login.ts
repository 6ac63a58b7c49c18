import { announceEvents } from "@/lib/audit/record-event";
import type { Pass } from "@/lib/challenge/challenge";
import { claimSatisfied, type Proofs } from "@/lib/challenge/claim/store";
import { inShortTransaction, type RawCtx } from "@/lib/context/context";
import { canLeave } from "@/lib/letters/queue-letters";
import { noticeNewDevice } from "@/lib/notices/notice-new-device";
import { clientTraits } from "@/lib/policy/clients";
import { factorKinds, fallback, traits } from "@/lib/policy/traits";
import { trustKinds } from "@/lib/policy/trust";
import { offerDevice } from "@/lib/sessions/devices/known-device";
import { endSession } from "@/lib/sessions/end-session";
import { offerSession } from "@/lib/sessions/open-session";
import { readProfile } from "@/lib/users/profile/store";
import type { Profile } from "@/lib/users/user";

/** A session that was opened. `deviceToken`: what a browser keeps that passed every door and was not known yet, or is trusted; null: what it has. */
export type Opened = {
  readonly userId: string;
  readonly profile: Profile;
  readonly sessionId: string;
  readonly sessionToken: string;
  readonly expiresAt: Date;
  readonly deviceToken: string | null;
};

/**
 * What the browser of a login has kept until now: a session, in whose place the new one comes, and the tokens of its known devices. `trusts`: its person
 * asked that no second step be asked there, and may.
 */
export type Kept = {
  readonly session: { readonly id: string; readonly userId: string } | null;
  readonly deviceToken: string | null;
  readonly trusts?: boolean;
};

const nothingKept: Kept = { session: null, deviceToken: null };

const proofs: Proofs = {
  amrOf: Object.fromEntries(factorKinds.map((kind) => [kind, traits[kind].amr])),
  // every door that the account has: the password alone only opens a login where nothing is bound. A recovery code says nothing about the browser
  deviceKinds: factorKinds.filter((kind) => kind !== fallback),
  trustKinds,
};

/**
 * Session establishment, the one door to a session: satisfied → consumed, the session's row and the device's in one statement, once, within a minute, under the
 * token that was handed out for this challenge. With it stand or fall the letter about a new device, and the end of the session that this browser had before
 * (ASVS 7.2.4: it would live on unseen). Null: somebody claimed it before, it is not satisfied, too old, or the account has moved.
 */
export async function claimLogin(ctx: RawCtx, pass: Pass, kept: Kept = nothingKept): Promise<Opened | null> {
  const { session: before } = kept;
  if (before === null && !canLeave("mail")) return claimWithin(ctx, pass, kept);
  return inShortTransaction(ctx, async (tx) => {
    const opened = await claimWithin(tx, pass, kept);
    if (opened && before) await endSession(tx, { sessionId: before.id, userId: before.userId, why: "logged_in_again" });
    return opened;
  });
}

/** The same for a caller who has a transaction open, or needs none. A browser becomes a known device only where its client remembers any. */
export async function claimWithin(ctx: RawCtx, pass: Pass, kept: Kept = nothingKept): Promise<Opened | null> {
  const { deviceToken: deviceCookie, trusts = false } = kept;
  const session = offerSession(ctx);
  const device = clientTraits(pass.clientId).remembersDevices ? offerDevice(ctx, deviceCookie) : null;
  const opening = { session: session.row, device: device?.row ?? null, trusts };
  const claimed = await claimSatisfied(ctx, pass, proofs, opening);
  if (!claimed) return null;
  announceEvents(ctx, claimed.told);
  const { userId, isKnownDevice, hadLogin, readBefore } = claimed;
  await noticeNewDevice(ctx, {
    userId,
    challengeId: pass.challengeId,
    clientId: pass.clientId,
    isKnownDevice,
    hadLogin,
    readBefore,
  });
  const { token: sessionToken, row } = session;
  const deviceToken = device?.cookieAfter(claimed) ?? null;
  return {
    userId,
    profile: readProfile(claimed.profile),
    sessionId: row.id,
    sessionToken,
    expiresAt: row.expiresAt,
    deviceToken,
  };
}
