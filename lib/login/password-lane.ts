import type { Ctx } from "@/lib/context/context";
import { mac } from "@/lib/crypto/digest";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { spendTry } from "@/lib/throttle/spend-try";
import { bucketKey, countWindowTries } from "@/lib/throttle/store";
import type { Account } from "@/lib/users/user";

/** Which counter a password is paid from: the account's for strangers, a trusted device's own, or one for an unknown name. */
export type PasswordLane = { readonly name: "trusted" | "untrusted"; readonly subject: string; readonly key: string; readonly deviceId: string | null };

/**
 * E-mail, user name and phone of one person are one counter; an unknown name has one just alike, keyed by an HMAC,
 * so that neither table nor waits tell who exists.
 */
export function passwordLane(account: Account | null, identifier: string, deviceId: string | null): PasswordLane {
  if (account && deviceId !== null) return { name: "trusted", subject: deviceId, key: bucketKey("password.trusted", deviceId), deviceId };
  const subject = account ? account.id : `unknown:${mac("mac:identifier", [identifier])}`;
  return { name: "untrusted", subject, key: bucketKey("password.untrusted", subject), deviceId: null };
}

/** Pays for one password. Out: true when a trusted device has used up its own tries and must be forgotten; the next try is a stranger's. Throws `throttle.too_many`. */
export async function spendPasswordTry(ctx: Ctx, lane: PasswordLane): Promise<boolean> {
  if (lane.name === "untrusted") {
    await spendTry(ctx, "password.untrusted", lane.subject);
    return false;
  }
  return (await countWindowTries(ctx, [{ key: lane.key, rule: throttleRules["password.trusted"] }])).length === 0;
}
