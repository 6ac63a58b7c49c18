import type { RawCtx } from "@/lib/context/context";
import { canLeave } from "@/lib/letters/queue-letters";
import { deviceNew } from "@/lib/notices/kinds/device-new";
import { hasUsedBrowser } from "@/lib/notices/store";
import { tellGathered } from "@/lib/notices/tell-gathered";
import { clientTraits } from "@/lib/policy/clients";

/** A login that was just claimed; `isKnownDevice`: its browser was a known device before; `readBefore`: the language of the login before. */
export type ClaimedLogin = {
  readonly userId: string;
  readonly challengeId: string;
  readonly isKnownDevice: boolean;
  /** The account had been logged in to before; its row says so, for events are swept. */
  readonly hadLogin: boolean;
  /** "portal", or the id of the app that it went through. */
  readonly clientId: string;
  readonly readBefore: string | null;
};

/**
 * Tells somebody that a browser which was not known before is logged in, however its doors were passed (a recovery code makes none known,
 * so each such login is told), unless it is their first login ever. Through an app no device is known: there a browser is new whose like
 * was not seen for 90 days. In the transaction of the claim, so that no session is opened whose owner is not told. One query, for an app; none while mail is off.
 */
export async function noticeNewDevice(tx: RawCtx, claimed: ClaimedLogin): Promise<void> {
  const { userId, challengeId, isKnownDevice, hadLogin, clientId, readBefore: language } = claimed;
  if (!canLeave("mail") || !hadLogin) return;
  const isNew = clientTraits(clientId).remembersDevices
    ? !isKnownDevice
    : !(await hasUsedBrowser(tx, { userId, challengeId, clientId }));
  if (isNew) await tellGathered(tx, { notice: deviceNew, subject: userId, challengeId, language });
}
