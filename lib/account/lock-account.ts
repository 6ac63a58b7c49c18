import { type Ctx, inTransaction } from "@/lib/context/context";
import { showEmail } from "@/lib/kernel/email-address";
import { DomainError } from "@/lib/kernel/errors";
import { endPasswordLinks } from "@/lib/links/store";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import type { Actor } from "@/lib/sessions/acting-session";
import { deleteOtherDevices } from "@/lib/sessions/devices/store";
import { endOtherSessions } from "@/lib/sessions/end-session";
import { takePasswordAway } from "@/lib/users/password/store";
import { endWaiting } from "@/lib/waiting/end-waiting";

/**
 * "Lock my account": what the button of an alarm does, by somebody who is logged in and has seen the question. One transaction: the password works no more,
 * what waits is stopped, the security stamp rises (sessions, half-finished logins and links are void), no device is known, the event, and letters to the
 * person at all addresses and to the administrators. It only takes away, so no fresh proof is asked, and it hands out no link: whoever sits there may be a
 * thief. The way back is that of whoever forgot their password, or the old password with the strongest factor and a recovery code beside it (`openClosed`).
 * Throws `account.changed_meanwhile`; then nothing changed.
 */
export function lockAccount(ctx: Ctx, { userId, sessionId }: Actor): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    const account = await takePasswordAway(tx, userId, tx.now);
    if (!account) throw new DomainError("account.changed_meanwhile");
    await endWaiting(tx, userId, { why: "account_locked" });
    await endOtherSessions(tx, userId, null, "account_locked");
    await deleteOtherDevices(tx, userId, null);
    await endPasswordLinks(tx, userId);
    await recordAndTell(tx, {
      event: { name: "account.locked", subjectId: userId, sessionId },
      facts: { who: showEmail(account.email) },
    });
  });
}
