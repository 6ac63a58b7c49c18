import * as z from "zod";
import { policy } from "@/lib/policy/policy";

const noNul = (text: string) => !text.includes("\0");

/** A line as people type it: not empty, not huge, no NUL byte (PostgreSQL cannot store one). */
export const line = z.string().trim().min(1).max(320).refine(noNul);

/** A password as typed: never trimmed, never changed. */
export const typedPassword = z.string().min(1).max(policy.password.maximumBytes).refine(noNul);

/** A password to be chosen: what is wrong with it, its length too, is said by the rules for passwords. */
export const chosenPassword = z.string().min(1).refine(noNul);

/** Where it goes, whether others use this computer too, and the fields that the passkey's own reader reads strictly. */
export const signInInput = z
  .object({ returnTo: z.string(), shared: z.literal("on").optional() })
  .catchall(z.string().max(4096));

export const logInInput = z.strictObject({
  identifier: line,
  password: typedPassword,
  returnTo: z.string(),
  shared: z.literal("on").optional(),
});
