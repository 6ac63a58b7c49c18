import * as z from "zod";
import type { Reading } from "@/lib/config/values";

/**
 * What the documentation shows beside a key. `shown` is the default in words; `sample` the value of its line in `.env.example`, where that is not the
 * default itself; `secret` values are never printed.
 */
declare module "zod" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: merging into zod's own interface is how zod types its metadata
  interface GlobalMeta {
    readonly shown?: string;
    readonly sample?: string;
    readonly secret?: true;
  }
}

/** Lets a reader of a value speak as a zod transform. */
export function reading<T>(read: (text: string) => Reading<T>) {
  return (text: string, ctx: z.RefinementCtx): T => {
    const result = read(text);
    if (result.ok) return result.value;
    ctx.addIssue({ code: "custom", message: result.mistake });
    return z.NEVER;
  };
}

/** A key that is a switch. */
export function onOrOff(initial: "true" | "false") {
  return z
    .enum(["true", "false"], "must be true or false.")
    .default(initial)
    .transform((text) => text === "true");
}

/** A key that is a whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number) {
  const sentence = `must be a whole number from ${least} to ${most}.`;
  return z
    .string()
    .regex(/^\d{1,9}$/, sentence)
    .transform(Number)
    .pipe(z.number().min(least, sentence).max(most, sentence));
}
