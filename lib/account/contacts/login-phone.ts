import { recordEvent } from "@/lib/audit/record-event";
import type { RawCtx } from "@/lib/context/context";
import { formerPhone, rememberPhone } from "@/lib/notices/former-address";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { confirmPhone } from "@/lib/users/contacts/store";
import { maskPhone } from "@/lib/users/phone-number";
import { replacePhone } from "@/lib/users/store";

/**
 * The owner's own change of the number to log in with (E.164, proven by a code), or its end (null), inside the transaction that decided it. It is a name, no
 * proof: no session ends. The number before hears of it, and for seven days of all else, where it was proven. One that an operator or an older portal had set
 * stays as it is and is proven from now on. False: it was so already. Throws what `isTaken` recognises.
 */
export async function setLoginPhone(
  tx: RawCtx,
  { userId, phone }: { readonly userId: string; readonly phone: string | null },
): Promise<boolean> {
  const replaced = await replacePhone(tx, { userId, phone, isProven: true });
  if (replaced === null) return phone !== null && noteProvenPhone(tx, { userId, phone });
  const meta = { by: "owner", has_phone: phone !== null };
  await recordAndTell(tx, {
    event: { name: "account.phone_changed", subjectId: userId, meta },
    facts: { phone: phone === null ? "" : maskPhone(phone) },
    also: formerPhone(replaced),
  });
  await rememberPhone(tx, userId, replaced);
  return true;
}

/** From now on its owner is known to read there, and it hears what happens to the account. False: that was known. */
async function noteProvenPhone(
  tx: RawCtx,
  { userId, phone }: { readonly userId: string; readonly phone: string },
): Promise<boolean> {
  if (!(await confirmPhone(tx, userId, phone))) return false;
  await recordEvent(tx, { name: "account.phone_confirmed", subjectId: userId });
  return true;
}
