/**
 * What an address is proven for by a code that is sent there: to log in with, to be told at, to show that the present login e-mail is read, and a
 * number to log in with. The words stand in rows and in the addresses of pages.
 */
export const proofPurposes = ["login", "further", "confirm", "phone"] as const;

export type ProofPurpose = (typeof proofPurposes)[number];
