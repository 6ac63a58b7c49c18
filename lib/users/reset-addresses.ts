import type { RawCtx } from "@/lib/context/context";
import { findResetReach } from "@/lib/users/contacts/reset-reach";

/** Of an account whose owner has forgotten the password. */
type Forgetful = { readonly id: string };

/**
 * The addresses to which a letter goes that resets this account's password, in their stored form: the one to log in with, for three days after a change of it the one
 * before too, and no other. A notice address may be anybody's.
 */
export async function listResetAddresses(ctx: RawCtx, { id }: Forgetful): Promise<readonly string[]> {
  return (await findResetReach(ctx, id))?.to ?? [];
}
