import { confirmProofAnd } from "@/lib/account/contacts/confirm-proof";
import { proven } from "@/lib/account/contacts/proven";
import { readContacts } from "@/lib/account/contacts/read-contacts";
import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import type { Ctx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { type AskedFor, askForChange } from "@/lib/pending/ask-for-change";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";
import type { Actor } from "@/lib/sessions/acting-session";
import { findOwnContacts } from "@/lib/users/contacts/store";

type Answering = { readonly actor: Actor; readonly purpose: ProofPurpose; readonly code: string };

/**
 * The code for an address was typed. What takes the place of something (another login e-mail, another number) is a dangerous change: it waits, or is done at once, as `askForChange`
 * decides; what only comes on top is there now, and so is the proof of a number that somebody else had set. Throws what `confirmProof` and `askForChange` throw.
 */
export function askToUseProof(ctx: Ctx, answering: Answering): Promise<AskedFor> {
  const { purpose } = answering;
  return confirmProofAnd(ctx, answering, async (tx, right): Promise<AskedFor> => {
    const { actor, address } = right;
    if (purpose === "login") return askForChange(tx, actor, "email.change", { email: address });
    const phone = purpose === "phone" ? ((await findOwnContacts(tx, actor.userId))?.phone ?? null) : null;
    if (phone !== null && phone !== address) return askForChange(tx, actor, "contact.change", { phone: address });
    return { done: true, ...(await proven[purpose](tx, right)) };
  });
}

/** A further notice address goes. Somebody else's id, and one that was never there, read alike. Throws `contacts.gone` and what `askForChange` throws. */
export async function askToRemoveContact(
  ctx: Ctx,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): Promise<AskedFor> {
  const { userId, sessionId } = actor;
  if ((await readContacts(ctx, actor))?.further.some((one) => one.id === id))
    return askForChange(ctx, actor, "contact.remove", { id });
  await recordRefusedAccess(ctx, { name: "authz.refused", subjectId: userId, sessionId, meta: { what: "contact" } });
  throw new DomainError("contacts.gone");
}

/** The number to log in with goes. Throws what `askForChange` throws. */
export const askToRemovePhone = (ctx: Ctx, actor: Actor): Promise<AskedFor> =>
  askForChange(ctx, actor, "contact.remove", { id: null });
