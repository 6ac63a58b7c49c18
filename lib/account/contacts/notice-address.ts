import { mailboxHandle } from "@/lib/account/contacts/proof-target";
import type { RawCtx } from "@/lib/context/context";
import { openContact, sealContact } from "@/lib/crypto/contact-address";
import { DomainError } from "@/lib/kernel/errors";
import { maskEmail } from "@/lib/kernel/mask";
import { endPresentAddress, insertPresentAddress } from "@/lib/notices/addresses/store";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import type { Actor } from "@/lib/sessions/acting-session";
import { takeGuardRow } from "@/lib/users/store";

/** Has one more proven mailbox told what happens, inside the transaction that decided it. Throws `contacts.full`: it is there, or others came first. */
export async function addNoticeAddress(
  tx: RawCtx,
  { actor, address }: { readonly actor: Actor; readonly address: string },
): Promise<void> {
  const { userId, sessionId } = actor;
  await takeGuardRow(tx, userId); // so that those that come at once are counted one after the other
  const id = tx.random.id();
  const row = { id, userId, channel: "mail", handle: mailboxHandle(address) };
  if (!(await insertPresentAddress(tx, { ...row, address: sealContact({ id, userId, address }) })))
    throw new DomainError("contacts.full");
  await recordAndTell(tx, {
    event: { name: "contact.added", subjectId: userId, sessionId, meta: { contact: id } },
    facts: { address: maskEmail(address) },
  });
}

/**
 * A further address is its owner's no more, inside the transaction that decided it. It hears of this, and for seven days of all that follows. False: it is
 * not theirs, or went before: doing it twice is no error.
 */
export async function removeNoticeAddress(
  tx: RawCtx,
  { userId, id }: { readonly userId: string; readonly id: string },
): Promise<boolean> {
  const sealed = await endPresentAddress(tx, userId, id);
  if (sealed === null) return false;
  const address = openContact({ id, userId, address: sealed });
  await recordAndTell(tx, {
    event: { name: "contact.removed", subjectId: userId, meta: { contact: id } },
    facts: { address: address === null ? "•••" : maskEmail(address) },
  });
  return true;
}
