import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { recordRefusedAndTell } from "@/lib/notices/record-and-tell";
import { type Demanded, demandOn } from "@/lib/policy/second-factor";
import { trustedUntil } from "@/lib/policy/trust";
import { turnIn } from "@/lib/sessions/devices/device-cookie";
import type { DeviceTrust } from "@/lib/sessions/devices/store";
import { deleteCopied, type PresentedTurn, presentTurn } from "@/lib/sessions/devices/trust/store";
import { follows } from "@/lib/sessions/devices/turns";
import { endSessionsOn } from "@/lib/sessions/end-session";
import { endWaiting } from "@/lib/waiting/end-waiting";

/** What the trust in a device is worth at a login: its second step is skipped, or asked; or one of two that came as this device is a copy, and it is one no longer. */
export type TrustVerdict = "skips" | "asks" | "copied";

type Using = {
  readonly person: Demanded & { readonly id: string };
  readonly trust: DeviceTrust;
  /** What the browser keeps of its known devices. */
  readonly cookie: string | null;
};

/**
 * The right password was typed on a device that its owner wanted trusted: judged under today's rules, for who they are today, and by the turn that the
 * browser came with. A turn that was good once and is no more was copied: the device is forgotten, whatever was opened there ends, what was asked for there and still waits is stopped, and its owner is told.
 */
export async function judgeTrust(ctx: RawCtx, { person, trust, cookie }: Using): Promise<TrustVerdict> {
  const { isAdmin, id: userId } = person;
  const asked = { at: trust.trustedAt, with: trust.trustedWith };
  const demand = demandOn(person, config().secondFactor, ctx.now);
  if (trustedUntil(asked, { isAdmin, demand }, config().trust, ctx.now) === null) return "asks";
  const turn = turnIn(cookie, trust.tokenHash);
  if (turn === null) return "asks"; // a cookie from before, or with its turn cut off: known, and nothing more
  const presented = { trust, hash: sha256(turn), follows: follows(trust, turn) };
  if (await presentTurn(ctx, presented)) return "skips";
  return (await shutCopied(ctx, userId, presented)) ? "copied" : "asks";
}

function shutCopied(ctx: RawCtx, userId: string, presented: PresentedTurn): Promise<boolean> {
  const { deviceId: device } = presented.trust;
  return recordRefusedAndTell(ctx, {
    event: { name: "device.copied", subjectId: userId, meta: { device } },
    first: async (tx) => {
      if (!(await deleteCopied(tx, presented))) return false;
      await endWaiting(tx, userId, { why: "device_copied", askedOn: device });
      await endSessionsOn(tx, { userId, deviceId: device, exceptId: null, why: "device_copied" });
      return true;
    },
  });
}
