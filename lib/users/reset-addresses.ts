import type { RawCtx } from "@/lib/context/context";
import { findResetReach, mailboxOf } from "@/lib/users/contacts/reset-reach";
import { findResetFacts } from "@/lib/users/contacts/store";

/** Of an account whose owner has forgotten the password. */
type Forgetful = { readonly id: string };

/**
 * The addresses to which a letter goes that resets this account's password, in their stored form: the one to log in with, for three days after a change of it the one
 * before too, and no other. A notice address may be anybody's.
 */
export async function listResetAddresses(ctx: RawCtx, { id }: Forgetful): Promise<readonly string[]> {
  return (await findResetReach(ctx, id))?.to ?? [];
}

/**
 * The one address to which a letter goes that lets a browser try this account's password: the login e-mail of this moment, after a change of it too. Whoever the account was
 * moved away from must not guess at it for three days more, and whoever it was taken from has the link that takes the change back. Null: nobody may be sent one.
 */
export async function findUnlockAddress(ctx: RawCtx, { id }: Forgetful): Promise<string | null> {
  const facts = await findResetFacts(ctx, id);
  return facts && mailboxOf(facts);
}
