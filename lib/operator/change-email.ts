import { enterLoginEmail } from "@/lib/account/contacts/move-login-email";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { readEmail } from "@/lib/users/contact-rules";
import { isTaken } from "@/lib/users/store";

type Changing = { readonly userId: string; readonly typed: string; readonly by: string };

/** The address as it is stored, the one before it, and how many live sessions ended. */
export type ChangedEmail = { readonly email: string; readonly was: string; readonly sessions: number };

/**
 * An operator gives somebody another e-mail address to log in with, at once (`enterLoginEmail`). The security stamp rises, which voids sessions,
 * half-finished logins, known devices and links; password and factors stay, also an e-mail address that is bound as a factor: it was proven by a
 * code, and only its owner exchanges it. Every address hears of it, the old one too (OWASP ASVS 5.0, 6.3.7). Throws `setup.bad_email`, `account.email_taken`,
 * and `account.email_same`, also for an account that is gone.
 */
export async function changeEmail(ctx: Ctx, { userId, typed, by }: Changing): Promise<ChangedEmail> {
  const email = readEmail(typed);
  try {
    const entered = await inShortTransaction(ctx, (tx) => enterLoginEmail(tx, { userId, email, by }));
    return { email, ...entered };
  } catch (fault) {
    if (isTaken(fault)) throw new DomainError("account.email_taken", { field: "email" });
    throw fault;
  }
}
