import * as z from "zod";
import { openSecret, type SealedFactor } from "@/lib/crypto/factor-secret";

/** How an authenticator can be reached, as browsers tell it (WebAuthn level 3, 5.8.4). A hint: words that we do not know are left out. */
export const transportWords = ["internal", "hybrid", "usb", "nfc", "ble", "smart-card"] as const;

export type Transport = (typeof transportWords)[number];

const data = z.object({
  rpId: z.string(),
  aaguid: z.string(),
  transports: z.array(z.enum(transportWords)),
  backupEligible: z.boolean(),
  backedUp: z.boolean(),
  counter: z.number().int().nonnegative(),
  uvAtBinding: z.boolean(),
  discoverable: z.boolean().nullable(),
  unasked: z.literal(true).optional(),
});

/**
 * What is remembered of a passkey beside its key. `rpId`: the name that it was bound under, and the only one that it answers for. `aaguid`: the make, as it
 * says itself, unproven. `backupEligible`: it may be copied to other devices, which never changes; `backedUp`: it has been. `counter`: of the last answer.
 * `uvAtBinding`: its person was verified when it was bound. `discoverable`: it can be found without a name; null: the browser did not say.
 * `unasked`: a browser made it without a dialogue, and it has not served behind a password yet; so long `uvAtBinding` is false, whatever it says itself.
 */
export type PasskeyData = z.output<typeof data>;

/**
 * Can it open both doors by itself? Its person has to have been verified when it was bound, and it has to be found without a name; where the browser did not say that, it may be.
 * Any other is asked for behind a password.
 */
export const opensAlone = ({ uvAtBinding, discoverable }: PasskeyData): boolean =>
  uvAtBinding && discoverable !== false;

/** Null for what is none, such as a factor that is not confirmed yet. */
export const readPasskeyData = (stored: unknown): PasskeyData | null => data.safeParse(stored).data ?? null;

/** What the secret of a passkey holds: neither is one, but who could change them could put their own in their place, so both are sealed. */
export type PasskeyKey = { readonly credentialId: string; readonly publicKey: string };

/** Both base64url, the key as COSE has it. */
export const writeKey = ({ credentialId, publicKey }: PasskeyKey): string => `${credentialId}.${publicKey}`;

/** Null when the row was damaged, moved, or is of a factor that is not confirmed yet. */
export function openKey(factor: SealedFactor): PasskeyKey | null {
  const [credentialId, publicKey, ...rest] = (openSecret(factor) ?? "").split(".");
  return credentialId && publicKey && rest.length === 0 ? { credentialId, publicKey } : null;
}
