import { handleOf } from "@/lib/crypto/factor-secret";
import { blindIndex } from "@/lib/crypto/index-keys";

/** By what a passkey is found when it signs in by itself; one credential has one owner. */
export const handleOfCredential = (credentialId: string): string => handleOf("passkey", credentialId);

/**
 * The handle by which authenticators keep a person apart (WebAuthn level 3, 14.6.1: nothing that names them): 32 bytes, base64url, an HMAC under an index key,
 * so they are the same for ever and no row needs to remember them.
 */
export const userHandleOf = (userId: string): string => blindIndex("mac:destination", ["passkey of", userId]);
