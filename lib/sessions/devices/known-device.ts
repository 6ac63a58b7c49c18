import type { Ctx, RawCtx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { later } from "@/lib/kernel/duration";
import { recordRefusedAndTell } from "@/lib/notices/record-and-tell";
import { policy } from "@/lib/policy/policy";
import { readDeviceCookie, writeDeviceCookie } from "@/lib/sessions/devices/device-cookie";
import {
  type Besides,
  deleteDevice,
  findKnocker,
  type Knocker,
  type OfferedDevice,
} from "@/lib/sessions/devices/store";
import type { AccountName } from "@/lib/users/store";

/**
 * A device to be remembered after a login through both doors. It skips no door; it only has its own counters, so that a stranger's wrong
 * guesses cannot keep the owner waiting here (OWASP, device cookies). `cookie`: what the browser has kept of known devices until now. Out:
 * the row, stored only if the claim finds none that is known, and what the cookie holds then: a new token (256 bits), and those before it that stay.
 */
export function offerDevice(
  ctx: RawCtx,
  cookie: string | null,
): { readonly row: OfferedDevice; readonly cookieWith: (beside: readonly string[]) => string } {
  const token = `dev_${ctx.random.token()}`;
  const before = readDeviceCookie(cookie);
  const expiresAt = later(ctx.now, policy.device.lifetime);
  return {
    row: { id: ctx.random.id(), tokenHash: sha256(token), expiresAt, before: before.map(sha256) },
    cookieWith: (beside) => writeDeviceCookie([token, ...before.filter((one) => beside.includes(sha256(one)))]),
  };
}

/** Who knocks with this name, in one form for all its spellings, and this cookie. Anything malformed is no token, and costs the same. `besides`: what else is asked of the account. */
export function recognise<Beside = null>(
  ctx: RawCtx,
  name: AccountName,
  cookie: string | null,
  besides?: Besides,
): Promise<Knocker<Beside>> {
  return findKnocker(ctx, name, readDeviceCookie(cookie).map(sha256), besides);
}

/**
 * Ten wrong guesses on a known device: it is one no longer, and its owner is told, once: whoever sits there was not their usual self. So it is also when
 * that cannot be recorded.
 */
export async function forgetDevice(ctx: Ctx, id: string, userId: string, why: string): Promise<void> {
  const event = { name: "device.forgotten", subjectId: userId, meta: { device: id, why } } as const;
  await recordRefusedAndTell(ctx, { event, first: (tx) => deleteDevice(tx, id) });
}
