import { offerSignIn } from "@/lib/web/offer-sign-in";

/** What the browser needs to ask for a passkey at the first door. */
export const GET = offerSignIn;
