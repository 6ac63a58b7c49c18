import { recordEvent } from "@/lib/audit/record-event";
import type { RawCtx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { deleteTrustedDevice, findTrustedDevice, insertTrustedDevice } from "@/lib/devices/store";
import { later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/**
 * After a login through both doors: remembers this browser. It skips no door; it only has its own counters,
 * so that a stranger's wrong guesses cannot keep the owner waiting here (OWASP, device cookies).
 * Out: the device's id and the token for its cookie.
 */
export async function trustDevice(
  tx: RawCtx,
  owner: { readonly userId: string; readonly credentialVersion: number },
): Promise<{ id: string; token: string }> {
  const id = tx.random.id();
  const token = `dev_${tx.random.token()}`;
  await insertTrustedDevice(tx, {
    ...owner,
    id,
    tokenHash: sha256(token),
    expiresAt: later(tx.now, policy.trustedDevice.lifetime),
  });
  await recordEvent(tx, { name: "device.trusted", result: "ok", subjectId: owner.userId, meta: { device: id } });
  return { id, token };
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
