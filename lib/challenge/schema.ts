import { z } from "zod";
import { factorKinds } from "@/lib/factors/factor";
import { freshActions } from "@/lib/policy/freshness";

/** Which way, and the fields that this way's own strategy reads strictly. */
export const answerInput = z.object({ kind: z.enum(factorKinds) }).catchall(z.string().max(4096));

/** What a step-up is for, and where it was asked. */
export const startInput = z.strictObject({ for: z.enum(freshActions), returnTo: z.string() });
