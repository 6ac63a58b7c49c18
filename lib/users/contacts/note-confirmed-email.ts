import { recordEvent } from "@/lib/audit/record-event";
import type { RawCtx } from "@/lib/context/context";
import { confirmEmail } from "@/lib/users/contacts/store";

/**
 * A link or code that was sent to the login e-mail was used, inside the transaction that spent it: from now on its owner is known to read there. `by`: which. Nothing
 * happens where that was known, or where the login e-mail is another one by now.
 */
export async function noteConfirmedEmail(
  tx: RawCtx,
  { userId, email, by }: { readonly userId: string; readonly email: string; readonly by: string },
): Promise<void> {
  if (!(await confirmEmail(tx, userId, email))) return;
  await recordEvent(tx, { name: "account.email_confirmed", subjectId: userId, meta: { by } });
}
