import * as z from "zod";
import { setLoginPhone } from "@/lib/account/contacts/login-phone";
import { removeNoticeAddress } from "@/lib/account/contacts/notice-address";
import type { Ctx } from "@/lib/context/context";
import { openContact } from "@/lib/crypto/contact-address";
import { maskEmail } from "@/lib/kernel/mask";
import { listPresentAddresses } from "@/lib/notices/addresses/store";
import { type Owner, pendingKind } from "@/lib/pending/pending-kind";
import { findOwnContacts } from "@/lib/users/contacts/store";
import { maskPhone } from "@/lib/users/phone-number";

/** A further notice address, by its id, or the number to log in with (null). */
type Asked = { readonly id: string | null };

/** A contact goes: what it is at that moment, masked; null: it is there no more. */
async function meant(tx: Ctx, { id: userId }: Owner, { id }: Asked): Promise<string | null> {
  if (id === null) {
    const phone = (await findOwnContacts(tx, userId))?.phone ?? null;
    return phone === null ? null : maskPhone(phone);
  }
  const row = (await listPresentAddresses(tx, userId)).find((one) => one.id === id);
  const address = row === undefined ? null : openContact(row);
  return address === null ? null : maskEmail(address);
}

export const removeContactKind = pendingKind({
  name: "contact.remove",
  shape: z.strictObject({ id: z.string().nullable() }),
  waits: null,
  mayBeAtOnce: true,
  detail: async (tx, owner, asked) => (await meant(tx, owner, asked)) ?? "",
  whyNot: async (tx, owner, asked) => ((await meant(tx, owner, asked)) === null ? "contacts.gone" : null),
  effect: async (tx, { id: userId }, { id }) => {
    await (id === null ? setLoginPhone(tx, { userId, phone: null }) : removeNoticeAddress(tx, { userId, id }));
    return null;
  },
});
