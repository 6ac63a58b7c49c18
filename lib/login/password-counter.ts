import type { Ctx } from "@/lib/context/context";
import { mac } from "@/lib/crypto/digest";
import { type Counter, throttleRules } from "@/lib/policy/throttle-rules";
import { forgetDevice } from "@/lib/sessions/devices/known-device";
import { bucketKey, unknownSubject } from "@/lib/throttle/bucket";
import { consumeTry } from "@/lib/throttle/consume-try";
import { consumeWindowTry } from "@/lib/throttle/windows/store";
import type { Account } from "@/lib/users/user";

/** Which counter a password's try is consumed from: the account's for strangers, a known device's own, or one for an unknown name. */
export type PasswordCounter = {
  readonly whose: Counter;
  /** Whose strangers' counter it is: the account's, or that of an unknown name. */
  readonly subject: string;
  readonly key: string;
  readonly deviceId: string | null;
};

/**
 * E-mail, user name and phone of one person are one counter; an unknown name has one just alike, keyed by an HMAC,
 * so that neither table nor waits tell who exists.
 */
export function passwordCounter(account: Account | null, identifier: string, deviceId: string | null): PasswordCounter {
  const subject = account ? account.id : unknownSubject(mac("mac:identifier", [identifier]));
  if (account && deviceId !== null)
    return { whose: "device", subject, key: bucketKey("password.device", deviceId), deviceId };
  return { whose: "strangers", subject, key: bucketKey("password.strangers", subject), deviceId: null };
}

/**
 * Consumes one try at a password. Out: of which counter: the strangers' one when a known device's own tries are used up; the device is
 * forgotten then. Throws `throttle.too_many`; then nothing was consumed.
 */
export async function consumePasswordTry(ctx: Ctx, counter: PasswordCounter): Promise<PasswordCounter> {
  if (counter.deviceId !== null) {
    if (await hasRoom(ctx, counter.key)) return counter;
    await forgetDevice(ctx, counter.deviceId, counter.subject, "too_many_tries");
  }
  const key = await consumeTry(ctx, "password.strangers", counter.subject);
  return { ...counter, whose: "strangers", key, deviceId: null };
}

async function hasRoom(ctx: Ctx, key: string): Promise<boolean> {
  return (await consumeWindowTry(ctx, key, throttleRules["password.device"])) !== null;
}
