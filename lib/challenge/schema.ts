import * as z from "zod";
import { pending, pendingInput } from "@/lib/factors/schema";
import { freshActions } from "@/lib/policy/freshness";
import { boundKinds, factorKinds } from "@/lib/policy/traits";

const factorId = z.string().regex(/^[\w-]{22}$/);

/** Where the tab goes afterwards; forms from before an upgrade do not say it. */
const carried = { returnTo: z.string().optional() };

/** Which way, whether this browser is to be trusted, and the fields that this way's own strategy reads strictly. */
export const answerInput = z
  .object({ kind: z.enum(factorKinds), trust: z.literal("on").optional(), ...carried })
  .catchall(z.string().max(4096));

/** Another way. */
export const chooseInput = z.strictObject({ kind: z.enum(factorKinds), ...carried });

/** A code for this way, to one of the person's own addresses; which these are comes from our rows. */
export const sendInput = z.strictObject({ kind: z.enum(factorKinds), factorId: factorId.optional(), ...carried });

/** What to bind in a login, and the fields that this kind's own strategy reads strictly. */
export const beginAtLoginInput = z.object({ kind: z.enum(boundKinds), ...carried }).catchall(z.string().max(4096));

export const confirmAtLoginInput = z
  .object({ kind: z.enum(boundKinds), pending, label: z.string().max(1024).default(""), ...carried })
  .catchall(z.string().max(4096));

/** What was begun in a login, named again to have another code sent. */
export const againAtLoginInput = pendingInput.extend(carried);

/** What a step-up is for, and where it was asked. */
export const startInput = z.strictObject({ for: z.enum(freshActions), returnTo: z.string() });
