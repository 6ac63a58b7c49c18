import { portalLane } from "@/lib/apps/app";
import type { RawCtx } from "@/lib/context/context";
import { canLeave } from "@/lib/letters/post-letter";
import { raiseAlarm } from "@/lib/notices/raise-alarm";
import { readLoginsBefore } from "@/lib/notices/store";

/** A login that was just claimed; `isNewDevice`: it made its browser a known device; `readBefore`: the language of the login before. */
export type ClaimedLogin = {
  readonly userId: string;
  readonly challengeId: string;
  readonly isNewDevice: boolean;
  /** "portal", or the id of the app that it went through. */
  readonly lane: string;
  readonly readBefore: string | null;
};

/**
 * Tells somebody that a browser which was not known before is logged in, unless it is their first login ever. An account without a second
 * factor has no known devices, nor has an app: there a browser is new whose like was not seen for 90 days. In the transaction of the claim, so that no
 * session is opened whose owner is not told. One query; none while mail is off.
 */
export async function noticeNewDevice(tx: RawCtx, claimed: ClaimedLogin): Promise<void> {
  if (!canLeave("mail")) return;
  const { userId, challengeId, isNewDevice, lane, readBefore: language } = claimed;
  const before = await readLoginsBefore(tx, { userId, challengeId, lane });
  const isNew = before.hasFactor && lane === portalLane ? isNewDevice : !before.sameBrowser;
  if (before.any && isNew) await raiseAlarm(tx, { kind: "device.new", subject: userId, challengeId, language });
}
