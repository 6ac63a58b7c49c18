import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { formerPhone, rememberPhone } from "@/lib/notices/former-address";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { readAccountPhone } from "@/lib/users/contact-rules";
import { maskPhone } from "@/lib/users/phone-number";
import { isTaken, replacePhone } from "@/lib/users/store";

/** `typed` null takes the number away. */
type Changing = { readonly userId: string; readonly typed: string | null; readonly by: string };

/**
 * Sets or takes away the phone number that somebody may log in with. It is a name, no proof: no session ends, and nothing is sent there before its
 * owner has proven it. The person hears of it at every address and number, the proven one before it too (OWASP ASVS 5.0, 6.3.7). Out: the number as it is stored, E.164, or null.
 * Throws `account.bad_phone`, `account.phone_taken`.
 */
export async function changePhone(ctx: Ctx, { userId, typed, by }: Changing): Promise<string | null> {
  const phone = typed === null ? null : readAccountPhone(typed);
  const meta = { by, has_phone: phone !== null };
  try {
    await inShortTransaction(ctx, async (tx) => {
      const replaced = await replacePhone(tx, { userId, phone, isProven: false });
      if (replaced === null) return;
      await recordAndTell(tx, {
        event: { name: "account.phone_changed", subjectId: userId, actorId: null, meta },
        facts: { phone: phone === null ? "" : maskPhone(phone) },
        also: formerPhone(replaced),
      });
      await rememberPhone(tx, userId, replaced);
    });
  } catch (fault) {
    if (isTaken(fault)) throw new DomainError("account.phone_taken", { field: "phone" });
    throw fault;
  }
  return phone;
}
