import type { RawCtx } from "@/lib/context/context";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { maskPhone } from "@/lib/users/phone-number";
import { replacePhone } from "@/lib/users/store";

/**
 * The owner's own change of the number to log in with (E.164), or its end (null), inside the transaction that decided it. It is a name, no proof: no session
 * ends. False: it was so already. Throws what `isTaken` recognises.
 */
export async function setLoginPhone(
  tx: RawCtx,
  { userId, phone }: { readonly userId: string; readonly phone: string | null },
): Promise<boolean> {
  if (!(await replacePhone(tx, userId, phone))) return false;
  const meta = { by: "owner", has_phone: phone !== null };
  await recordAndTell(tx, {
    event: { name: "account.phone_changed", subjectId: userId, meta },
    facts: { phone: phone === null ? "" : maskPhone(phone) },
  });
  return true;
}
