import type { RawCtx } from "@/lib/context/context";

/** Of an account whose owner has forgotten the password. */
type Forgetful = { readonly id: string; readonly email: string };

/**
 * The addresses to which a letter goes that resets this account's password, in their stored form: the one to log in with, and no other. A notice address may
 * be anybody's.
 */
export async function listResetAddresses(_ctx: RawCtx, { email }: Forgetful): Promise<readonly string[]> {
  return [email];
}
