import { recordEvent } from "@/lib/audit/record-event";
import type { RawCtx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { deleteTrustedDevice, findTrustedDevice, type OfferedDevice } from "@/lib/devices/store";
import { later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/**
 * A device to be remembered after a login through both doors. It skips no door; it only has its own counters, so that a stranger's wrong
 * guesses cannot keep the owner waiting here (OWASP, device cookies). Out: the token for its cookie (256 bits) and the row, stored only
 * if the claim finds none that is known.
 */
export function offerDevice(ctx: RawCtx): { readonly token: string; readonly row: OfferedDevice } {
  const token = `dev_${ctx.random.token()}`;
  const expiresAt = later(ctx.now, policy.trustedDevice.lifetime);
  return { token, row: { id: ctx.random.id(), tokenHash: sha256(token), expiresAt } };
}

/** The id of this person's trusted device behind a cookie's token, or null. Anything malformed never reaches the database. */
export async function recogniseDevice(ctx: RawCtx, token: string | null, userId: string): Promise<string | null> {
  if (token === null || !/^dev_[\w-]{43}$/.test(token)) return null;
  return findTrustedDevice(ctx, sha256(token), userId);
}

/** Ten wrong guesses on a trusted device: it is one no longer. */
export async function forgetDevice(ctx: RawCtx, id: string, userId: string, why: string): Promise<void> {
  if (await deleteTrustedDevice(ctx, id))
    await recordEvent(ctx, { name: "device.forgotten", result: "ok", subjectId: userId, meta: { device: id, why } });
}
