import * as z from "zod";
import { changeLoginEmail } from "@/lib/account/contacts/move-login-email";
import { maskEmail } from "@/lib/kernel/mask";
import { pendingKind } from "@/lib/pending/pending-kind";
import { findHolder } from "@/lib/users/contacts/store";

/** Another login e-mail, which its code has proven. */
export const changeEmailKind = pendingKind({
  name: "email.change",
  shape: z.strictObject({ email: z.string() }),
  waits: null,
  mayBeAtOnce: true,
  detail: async (_tx, _owner, { email }) => maskEmail(email),
  whyNot: async (tx, { id, email: own }, { email }) => {
    if (own === email) return "account.email_same";
    return (await findHolder(tx, email, id)) === null ? null : "account.email_taken";
  },
  effect: (tx, { id: userId, acting: actor }, { email }) => changeLoginEmail(tx, { userId, email, actor }),
});
