import * as z from "zod";
import { policy } from "@/lib/policy/policy";

const noNul = (text: string) => !text.includes("\0");

/** A line as people type it: not empty, not huge, no NUL byte (PostgreSQL cannot store one). */
export const line = z.string().trim().min(1).max(320).refine(noNul);

/** A password as typed: never trimmed, never changed. */
export const typedPassword = z.string().min(1).max(policy.password.maximumBytes).refine(noNul);

/** A password to be chosen: what is wrong with it, its length too, is said by the rules for passwords. */
export const chosenPassword = z.string().min(1).refine(noNul);

const beside = { returnTo: z.string(), shared: z.literal("on").optional() };

/** The same form, sent by a passkey: its answer, and what was typed as a name so far, which says nothing here. */
const signInInput = z.strictObject({ ...beside, credential: z.string(), identifier: z.string().optional() });

/** The form of the first door: a name and its password, or a passkey's answer in the place of both. */
export const logInInput = z.union([
  z.strictObject({ ...beside, identifier: line, password: typedPassword }),
  signInInput,
]);

export type LogInInput = z.output<typeof logInInput>;
