import type { Ctx, RawCtx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { later } from "@/lib/kernel/duration";
import { recordRefusedAndTell } from "@/lib/notices/record-and-tell";
import { policy } from "@/lib/policy/policy";
import type { ClaimedTurns, OfferedDevice } from "@/lib/sessions/devices/claiming/store";
import {
  familyHash,
  readDeviceCookie,
  turnIn,
  withTurn,
  writeDeviceCookie,
} from "@/lib/sessions/devices/device-cookie";
import { type Besides, deleteDevice, findKnocker, type Knocker } from "@/lib/sessions/devices/store";
import { nextTurn } from "@/lib/sessions/devices/turns";
import type { AccountName } from "@/lib/users/store";

/**
 * A device to be remembered after a login through both doors. It skips no door unless its owner asks for that; it only has its own counters, so that a
 * stranger's wrong guesses cannot keep the owner waiting here (OWASP, device cookies). `cookie`: what the browser has kept of known devices until now. Out:
 * the row, stored only if the claim finds none that is known, and what the cookie holds after the claim; null: what it has. A new device has a new token
 * (256 bits) before those that stay; the trust that was given or used goes on to its next turn.
 */
export function offerDevice(
  ctx: RawCtx,
  cookie: string | null,
): { readonly row: OfferedDevice; readonly cookieAfter: (claimed: ClaimedDevice) => string | null } {
  const token = `dev_${ctx.random.token()}`;
  const before = readDeviceCookie(cookie);
  const expiresAt = later(ctx.now, policy.device.lifetime);
  const hashes = before.map(familyHash);
  return {
    row: { id: ctx.random.id(), tokenHash: familyHash(token), expiresAt, before: hashes, turnKey: ctx.random.id() },
    cookieAfter: ({ isNewDevice, beside, turns }) => {
      const turn = turns !== null && goesOn(cookie, turns) ? nextTurn(turns, ctx.now) : null;
      const stay = before.filter((one) => beside.includes(familyHash(one)));
      if (isNewDevice) return writeDeviceCookie([withTurn(token, turn), ...stay]);
      if (turn === null) return null;
      return writeDeviceCookie(before.map((one) => (familyHash(one) === turns?.tokenHash ? withTurn(one, turn) : one)));
    },
  };
}

/** What a claim says of its device: see `Claimed`. */
type ClaimedDevice = {
  readonly isNewDevice: boolean;
  readonly beside: readonly string[];
  readonly turns: ClaimedTurns | null;
};

/** The browser is handed the next turn where its trust was just given, or it has presented the last one. Whoever came with the one before that has the next one already. */
function goesOn(cookie: string | null, { isGiven, tokenHash, turn }: ClaimedTurns): boolean {
  const presented = turnIn(cookie, tokenHash);
  return isGiven || (presented !== null && sha256(presented) === turn);
}

/** Who knocks with this name, in one form for all its spellings, and this cookie. Anything malformed is no token, and costs the same. `besides`: what else is asked of the account. */
export function recognise<Beside = null>(
  ctx: RawCtx,
  name: AccountName,
  cookie: string | null,
  besides?: Besides,
): Promise<Knocker<Beside>> {
  return findKnocker(ctx, name, readDeviceCookie(cookie).map(familyHash), besides);
}

/**
 * Ten wrong guesses on a known device: it is one no longer, and its owner is told, once: whoever sits there was not their usual self. So it is also when
 * that cannot be recorded.
 */
export async function forgetDevice(ctx: Ctx, id: string, userId: string, why: string): Promise<void> {
  const event = { name: "device.forgotten", subjectId: userId, meta: { device: id, why } } as const;
  await recordRefusedAndTell(ctx, { event, first: (tx) => deleteDevice(tx, id) });
}
