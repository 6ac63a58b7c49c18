import { recordEvent } from "@/lib/audit/record-event";
import type { Pass } from "@/lib/challenge/challenge";
import { openChallenge } from "@/lib/challenge/open-challenge";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { findHeldKinds } from "@/lib/factors/held-kinds";
import { DomainError } from "@/lib/kernel/errors";
import { linkHash } from "@/lib/links/link";
import { recordingRefusal } from "@/lib/links/record-refused-link";
import { openResetLink, spendResetLink } from "@/lib/links/store";
import { portalClient } from "@/lib/policy/clients";
import { policy } from "@/lib/policy/policy";
import { findResetAccount } from "@/lib/resets/live-reset";
import { findResetWay } from "@/lib/resets/reset-way";
import { familyHash, readDeviceCookie } from "@/lib/sessions/devices/device-cookie";
import { findDeviceOf } from "@/lib/sessions/devices/of-account/store";
import { consumingLink } from "@/lib/throttle/consume-address";

type Opening = {
  readonly token: string;
  /** What the cookie of known devices holds, if there is one. */
  readonly deviceToken: string | null;
};

/** A reset that was begun in this browser. `answer`: the second factor comes next; `choose`: nothing more is asked before the new password. */
export type OpenedReset = { readonly pass: Pass; readonly userId: string; readonly next: "answer" | "choose" };

/**
 * The button behind a letter's link: opens the challenge of a reset, bound to this browser. The link stays good, for three of them: whoever types five wrong codes
 * has not lost it. Only the right second factor spends it (`answerChallenge`), or this press where nothing more is asked. On a known device of the account the
 * device's counters hold, as at a login.
 * Throws `setup.link_over`, `reset.by_operator`, `throttle.too_many`; then nothing was consumed of the link.
 */
export function openReset(ctx: Ctx, opening: Opening): Promise<OpenedReset> {
  const posted = { token: opening.token, purpose: "reset" } as const;
  return recordingRefusal(ctx, posted, () => consumingLink(ctx, () => open(ctx, opening)));
}

async function open(ctx: Ctx, { token, deviceToken }: Opening): Promise<OpenedReset> {
  const hash = linkHash(token, "reset");
  if (hash === null) throw new DomainError("setup.link_over");
  return inTransaction(ctx, async (tx) => {
    const link = await openResetLink(tx, hash, policy.reset.openings);
    const account = link && (await findResetAccount(tx, link));
    if (!link || !account) throw new DomainError("setup.link_over");
    const { id: userId, credentialVersion } = account;
    const deviceId = await findDeviceOf(tx, userId, readDeviceCookie(deviceToken).map(familyHash));
    const way = await findResetWay(tx, account, await findHeldKinds(tx, { userId, deviceId }));
    if (way === "operator") throw new DomainError("reset.by_operator");
    const isAlone = way === "alone";
    if (isAlone && !(await spendResetLink(tx, link))) throw new DomainError("setup.link_over");
    const what = { userId, credentialVersion, deviceId, linkId: isAlone ? null : link.id };
    const pass = await openChallenge(
      tx,
      { ...ofReset, ...what, state: isAlone ? "SATISFIED" : "OPEN" },
      isAlone ? policy.reset.chooseWithin : policy.challenge.lifetime,
    );
    await recordEvent(tx, {
      name: "reset.begun",
      subjectId: userId,
      actorId: null,
      meta: { challenge: pass.challengeId },
    });
    return { pass, userId, next: isAlone ? "choose" : "answer" };
  });
}

/** What every reset's challenge is. */
export const ofReset = {
  purpose: "RESET",
  clientId: portalClient,
  firstAmr: [],
  returnTo: "/security",
  reason: null,
  sessionId: null,
  isShared: false,
  address: [],
  network: null,
} as const;
