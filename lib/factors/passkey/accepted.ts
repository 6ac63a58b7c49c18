import type { Ctx } from "@/lib/context/context";
import { openKey, readPasskeyData } from "@/lib/factors/passkey/data";
import { userHandleOf } from "@/lib/factors/passkey/handles";
import { relyingParty } from "@/lib/factors/passkey/relying-party";
import { mayOfferSignIn, signInKind } from "@/lib/factors/passkey/sign-in-offer";
import { knowsEveryPasskey } from "@/lib/factors/passkey/store";
import { listActiveOfKind } from "@/lib/factors/store";
import { showEmail } from "@/lib/kernel/email-address";

/** What a browser tells whatever keeps this person's passkeys (WebAuthn level 3, 5.1.10), as JSON: which are still good, and what they are called by now. */
export type Accepted = { readonly accepted: string; readonly details: string };

/**
 * Null where there is nothing to tell; after a restore until the operator vouches for it, because what was bound since the backup is not known here; and while a row of theirs cannot be read (a key of PORTAL_KEYS is missing, the row is
 * damaged): a passkey that is not named would be dropped for ever, and no repair would bring it back. Only for the person themselves: it names their passkeys.
 */
export async function acceptedPasskeys(
  ctx: Ctx,
  { userId, email }: { readonly userId: string; readonly email: string },
): Promise<Accepted | null> {
  if (!mayOfferSignIn() || !(await knowsEveryPasskey(ctx))) return null;
  const { rpId } = relyingParty();
  const own = await listActiveOfKind(ctx, userId, signInKind);
  const ids: string[] = [];
  for (const factor of own) {
    const [key, data] = [openKey(factor), readPasskeyData(factor.data)];
    if (key === null || data === null) return null;
    if (data.rpId === rpId) ids.push(key.credentialId);
  }
  const [who, name] = [userHandleOf(userId), showEmail(email)];
  return {
    accepted: JSON.stringify({ rpId, userId: who, allAcceptedCredentialIds: ids }),
    details: JSON.stringify({ rpId, userId: who, name, displayName: name }),
  };
}
