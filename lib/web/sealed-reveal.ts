import * as z from "zod";
import { seal, unseal } from "@/lib/crypto/seal";
import type { Showing } from "@/lib/factors/strategy";
import { isOver, later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** Recovery codes on their way to a person's eyes: a whole set, or the replacement of the one they just used. */
export type Reveal = Showing & {
  readonly kind: "set" | "replacement";
  readonly returnTo: string;
};

/** What a cookie shows; `at`: since when it does. */
export type OpenReveal = Reveal & { readonly at: Date };

const shape = z.strictObject({
  id: z.string().default(""), // a cookie from before they were told apart
  kind: z.enum(["set", "replacement"]),
  codes: z.array(z.string()).max(20),
  returnTo: z.string(),
  at: z.number(),
});

const sealedFor = (userId: string) => ({ use: "enc:reveal", owner: [userId] }) as const;

/** What the cookie carries: readable for this one person's page, for fifteen minutes. */
export const sealReveal = (userId: string, reveal: Reveal, now: Date): string =>
  seal(JSON.stringify({ ...reveal, at: now.getTime() }), sealedFor(userId));

/** What a cookie's value shows to this person, or null: damaged, too old, or somebody else's. */
export function openReveal(userId: string, sealed: string | undefined, now: Date): OpenReveal | null {
  const text = sealed === undefined ? null : unseal(sealed, sealedFor(userId));
  if (text === null) return null;
  const read = shape.safeParse(JSON.parse(text));
  if (!read.success) return null;
  const at = new Date(read.data.at);
  return isOver(later(at, policy.reveal.lifetime), now) ? null : { ...read.data, at };
}
