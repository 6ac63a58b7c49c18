import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { maskEmail } from "@/lib/kernel/mask";
import { endAlarmLinks } from "@/lib/links/alarm-link";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { deleteOtherSessions } from "@/lib/sessions/store";
import { readEmail } from "@/lib/users/contact-rules";
import { isTaken, replaceEmail } from "@/lib/users/store";
import { endWaiting } from "@/lib/waiting/end-waiting";

type Changing = { readonly userId: string; readonly typed: string; readonly by: string };

/** The address as it is stored, the one before it, and how many live sessions ended. */
export type ChangedEmail = { readonly email: string; readonly was: string; readonly sessions: number };

/**
 * An operator gives somebody another e-mail address to log in with: whoever reads the old mailbox is nobody to this account from now on. So
 * the security stamp rises, which voids sessions, half-finished logins, known devices and links, and the links of alarms end, which ask for
 * no stamp; password and factors stay, also an e-mail address that is bound as a factor: it was proven by a code, and only its owner
 * exchanges it. Every address hears of it, the old one too (OWASP ASVS 5.0, 6.3.7). Throws `setup.bad_email`, `account.email_taken`, and `account.email_same`, also for an account that is gone.
 */
export async function changeEmail(ctx: Ctx, { userId, typed, by }: Changing): Promise<ChangedEmail> {
  const email = readEmail(typed);
  try {
    return await inShortTransaction(ctx, async (tx) => {
      const was = await replaceEmail(tx, userId, email);
      if (was === null) throw new DomainError("account.email_same", { field: "email" });
      await endWaiting(tx, userId, { why: "email_changed" });
      const sessions = await deleteOtherSessions(tx, userId, null);
      await endAlarmLinks(tx, userId);
      const meta = { by, sessions };
      await recordAndTell(tx, {
        event: { name: "account.email_changed", subjectId: userId, actorId: null, meta },
        facts: { email: maskEmail(email) },
        also: [{ channel: "mail", to: was }],
      });
      return { email, was, sessions };
    });
  } catch (fault) {
    if (isTaken(fault)) throw new DomainError("account.email_taken", { field: "email" });
    throw fault;
  }
}
