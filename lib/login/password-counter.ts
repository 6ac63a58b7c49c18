import type { Ctx } from "@/lib/context/context";
import { blindIndex } from "@/lib/crypto/index-keys";
import { consumeBothCounters } from "@/lib/login/store";
import type { Counter } from "@/lib/policy/throttle-rules";
import { forgetDevice } from "@/lib/sessions/devices/known-device";
import { bucketKey, unknownSubject } from "@/lib/throttle/bucket";
import { refusal } from "@/lib/throttle/consume-try";
import { refundTries } from "@/lib/throttle/refund-tries";
import { claimFirstRefusal } from "@/lib/throttle/windows/store";
import { type PasswordUse, refundAccountTry } from "@/lib/users/password/store";
import type { Account } from "@/lib/users/user";

/** Which counter a password's try is consumed from: the account's for strangers, a known device's own, or one for an unknown name. */
export type PasswordCounter = {
  readonly whose: Counter;
  /** The account that it is consumed from too; null: nobody has this name. */
  readonly userId: string | null;
  /** Whose strangers' counter it is: the account's, or that of an unknown name. */
  readonly subject: string;
  readonly key: string;
  readonly deviceId: string | null;
  /** A letter has opened the counter for this browser: it counts as one of the owner's known devices here, and nowhere else. */
  readonly unlockId: string | null;
};

/**
 * E-mail, user name and phone of one person are one counter; an unknown name has one just alike, keyed by an HMAC,
 * so that neither table nor waits tell who exists.
 */
export function passwordCounter(
  account: Account | null,
  identifier: string,
  deviceId: string | null,
  unlockId: string | null = null,
): PasswordCounter {
  const userId = account?.id ?? null;
  const subject = userId ?? unknownSubject(blindIndex("mac:identifier", [identifier]));
  if (userId !== null && deviceId !== null)
    return { whose: "device", userId, subject, key: bucketKey("password.device", deviceId), deviceId, unlockId: null };
  if (userId !== null && unlockId !== null)
    return { whose: "device", userId, subject, key: bucketKey("password.unlock", unlockId), deviceId: null, unlockId };
  return strangersCounter(userId, subject);
}

const strangersCounter = (userId: string | null, subject: string): PasswordCounter => ({
  whose: "strangers",
  userId,
  subject,
  key: bucketKey("password.strangers", subject),
  deviceId: null,
  unlockId: null,
});

/** Does this browser consume of a counter of its own, apart from strangers? */
export const isOwnCounter = ({ deviceId, unlockId }: PasswordCounter): boolean =>
  deviceId !== null || unlockId !== null;

/** A try at a password that was consumed: of which counter, and what it means in the account's row. */
export type PasswordTry = { readonly counter: PasswordCounter; readonly use: PasswordUse };

/**
 * Consumes one try at a password, before it is judged and in a write of its own. Out: of which counter: the strangers' one when a known device's own tries
 * are used up; the device is forgotten then. Throws `throttle.too_many`; then nothing was consumed.
 */
export async function consumePasswordTry(ctx: Ctx, counter: PasswordCounter): Promise<PasswordTry> {
  const use = await consumeBothCounters(ctx, counter);
  if (use) return { counter, use };
  if (counter.unlockId !== null) return consumePasswordTry(ctx, strangersCounter(counter.userId, counter.subject));
  if (counter.deviceId === null) throw await refusal(ctx, "password.strangers", counter.key);
  await forgetDevice(ctx, counter.deviceId, counter.subject, "too_many_tries");
  return consumePasswordTry(ctx, strangersCounter(counter.userId, counter.subject));
}

/**
 * Is this refusal the first of the strangers' wait, which refuses whoever has no tries of their own left? Only that is recorded: from a hundred thousand addresses
 * a flood must not write as many rows.
 */
export const isFirstRefusal = (ctx: Ctx, { subject }: Pick<PasswordCounter, "subject">): Promise<boolean> =>
  claimFirstRefusal(ctx, bucketKey("password.strangers", subject));

/** Refunds one to both counters: it was not judged. */
export async function refundPasswordTry(ctx: Ctx, { counter, use }: PasswordTry): Promise<void> {
  await refundTries(ctx, [counter.key]);
  if (counter.userId !== null && use.isUsable) await refundAccountTry(ctx, counter.userId);
}
