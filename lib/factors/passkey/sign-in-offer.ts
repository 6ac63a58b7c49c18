import { isUsable } from "@/lib/factors/usable";

/** Signing in without a name: a passkey whose person is verified is both factors of a login in one (a multi-factor cryptographic authenticator, NIST SP 800-63B-4, 3.1.7). */
export const signInKind = "passkey";

/** Can people sign in so at present? Apart from the judging, which the page that offers it does not need. */
export const mayOfferSignIn = (): boolean => isUsable(signInKind);
