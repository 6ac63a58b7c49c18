import * as z from "zod";
import { proofPurposes } from "@/lib/policy/contact-proofs";

/** What is proven after somebody typed it; the account's own address is not typed. */
const typedPurpose = z.enum(["login", "further", "phone"]);

const id = z.string().regex(/^[\w-]{22}$/);

/** Can this be the name of a further address? Anything else never reaches the database. */
export const isContactId = (word: string): boolean => id.safeParse(word).success;

/** Is this word of an address one of the purposes? */
export const isProofPurpose = (word: string): word is (typeof proofPurposes)[number] =>
  proofPurposes.some((purpose) => purpose === word);

export const beginProofInput = z.strictObject({ purpose: typedPurpose, destination: z.string().max(4096) });
export const sendProofInput = z.strictObject({ purpose: typedPurpose });
export const confirmProofInput = z.strictObject({ purpose: typedPurpose, code: z.string().max(4096) });
export const confirmOwnInput = z.strictObject({ code: z.string().max(4096) });
export const removeContactInput = z.strictObject({ id });
export const nothingInput = z.strictObject({});
export const revertInput = z.strictObject({ link: z.string().max(1024) });
