import * as z from "zod";
import { boundKinds } from "@/lib/policy/traits";

const id = z.string().regex(/^[\w-]{22}$/);

/** Can this be the name of a factor? Anything else in an address (a NUL byte, say) never reaches the database. */
export const isFactorId = (word: string): boolean => id.safeParse(word).success;

const label = z.string().max(1024);

/** The kind, what it replaces, and the fields that the kind's own strategy reads strictly. */
export const beginInput = z
  .object({ kind: z.enum(boundKinds), replaces: id.optional() })
  .catchall(z.string().max(4096));

/** Which pending factor a form was shown for; a page that was opened before forms said so says nothing. */
export const pending = id.optional();

/** The kind, which pending factor, the name, and the fields that the kind's own strategy reads strictly. */
export const confirmInput = z.object({ kind: z.enum(boundKinds), pending, label }).catchall(z.string().max(4096));

export const pendingInput = z.strictObject({ kind: z.enum(boundKinds), pending });

export const unaskedInput = z.strictObject({ credential: z.string().max(4096) });

export const renameInput = z.strictObject({ factorId: id, label });

export const removeInput = z.strictObject({ factorId: id });

/** Which codes stood on the page that was left. */
export const savedInput = z.strictObject({ shown: z.string().max(64).optional() });

export const emptyInput = z.strictObject({});
