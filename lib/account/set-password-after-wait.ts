import type { Ctx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { endOtherSessions } from "@/lib/sessions/end-session";
import { resetPasswordCounters } from "@/lib/throttle/reset-tries";
import { sealHash } from "@/lib/users/check-password";
import { replacePassword } from "@/lib/users/password/store";
import { endWaiting } from "@/lib/waiting/end-waiting";

type Setting = {
  readonly userId: string;
  /** The new password, hashed (argon2id, PHC). */
  readonly phc: string;
  /** The security stamp that the account must still have. */
  readonly from: number;
};

/**
 * Sets a password that was chosen without the current one and has waited. Nobody acts, so every session ends, and whatever else waits, as with each
 * change of the password. `tx.language`: what the person reads, not who happens to do it. Throws `account.changed_meanwhile`.
 */
export async function setPasswordAfterWait(tx: Ctx, { userId, phc, from }: Setting): Promise<void> {
  const passwordHash = sealHash(userId, phc);
  if (!(await replacePassword(tx, { userId, passwordHash, from }))) throw new DomainError("account.changed_meanwhile");
  await endWaiting(tx, userId, { why: "password_changed" });
  const sessions = await endOtherSessions(tx, userId, null, "password_changed");
  await resetPasswordCounters(tx, userId);
  await recordAndTell(tx, { event: { name: "password.changed", subjectId: userId, meta: { sessions } } });
}
