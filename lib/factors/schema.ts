import { z } from "zod";
import { boundKinds } from "@/lib/factors/factor";

const id = z.string().regex(/^[\w-]{22}$/);

/** Can this be the name of a factor? Anything else in an address (a NUL byte, say) never reaches the database. */
export const isFactorId = (word: string): boolean => id.safeParse(word).success;

const label = z.string().max(1024);

/** The kind, what it replaces, and the fields that the kind's own strategy reads strictly. */
export const beginInput = z
  .object({ kind: z.enum(boundKinds), replaces: id.optional() })
  .catchall(z.string().max(4096));

/** The kind, the name, and the fields that the kind's own strategy reads strictly. */
export const confirmInput = z.object({ kind: z.enum(boundKinds), label }).catchall(z.string().max(4096));

export const cancelInput = z.strictObject({ kind: z.enum(boundKinds) });

export const renameInput = z.strictObject({ factorId: id, label });

export const removeInput = z.strictObject({ factorId: id });

export const emptyInput = z.strictObject({});
