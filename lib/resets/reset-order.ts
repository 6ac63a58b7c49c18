import * as z from "zod";
import type { LetterWords } from "@/lib/letters/letter-kind";

/** As rows have it, for ever. */
export const resetOrderKind = "reset.asked";

const shape = z.strictObject({
  /** The name as it is looked up, and its former form. */
  identifier: z.string(),
  former: z.string(),
  /** The known devices' tokens that the browser brought, hashed. */
  devices: z.array(z.string()),
  /** The app through which a code is asked for; null: a link is. */
  app: z.string().nullable(),
  /** Who asked: when, from where, with which browser. */
  at: z.iso.datetime(),
  ip: z.string(),
  agent: z.string(),
});

export type ResetOrder = Readonly<z.infer<typeof shape>>;

/** What goes into `queueLetters`: a letter that is still to be looked up. */
export const resetOrder = (facts: ResetOrder): LetterWords => ({ kind: resetOrderKind, facts });

/** Such an order as it comes back from the database; null for a damaged one. */
export const readResetOrder = (facts: unknown): ResetOrder | null => shape.safeParse(facts).data ?? null;
