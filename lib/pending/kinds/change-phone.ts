import * as z from "zod";
import { setLoginPhone } from "@/lib/account/contacts/login-phone";
import { pendingKind } from "@/lib/pending/pending-kind";
import { findHolder, findOwnContacts } from "@/lib/users/contacts/store";
import { maskPhone } from "@/lib/users/phone-number";

/** Another number to log in with, in the place of the one that there is; its code has proven it. */
export const changePhoneKind = pendingKind({
  name: "contact.change",
  shape: z.strictObject({ phone: z.string() }),
  waits: null,
  mayBeAtOnce: true,
  detail: async (_tx, _owner, { phone }) => maskPhone(phone),
  whyNot: async (tx, { id }, { phone }) => {
    const own = await findOwnContacts(tx, id);
    if (own?.phone === phone && own.isPhoneProven) return "account.phone_same";
    return (await findHolder(tx, phone, id)) === null ? null : "account.phone_taken";
  },
  effect: async (tx, { id: userId }, { phone }) => {
    await setLoginPhone(tx, { userId, phone });
    return null;
  },
});
