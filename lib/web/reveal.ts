import { cookies } from "next/headers";
import { z } from "zod";
import { seal, unseal } from "@/lib/crypto/seal";
import { isOver, later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import { gone, revealCookie } from "@/lib/web/private-cookies";

/** Recovery codes on their way to a person's eyes: a whole set, or the replacement of the one they just used. */
export type Reveal = { readonly kind: "set" | "replacement"; readonly codes: readonly string[]; readonly returnTo: string };

const shape = z.strictObject({
  kind: z.enum(["set", "replacement"]),
  codes: z.array(z.string()).max(20),
  returnTo: z.string(),
  at: z.number(),
});

const sealedFor = (userId: string) => ({ use: "enc:reveal", owner: [userId] }) as const;

/**
 * Hands codes over from the action that made them to the page that shows them: sealed for this one person, in a cookie that lives
 * fifteen minutes, so that a reload or a lost page does not lose them and the database never holds them readable.
 */
export async function putReveal(userId: string, reveal: Reveal, now: Date): Promise<void> {
  const sealed = seal(JSON.stringify({ ...reveal, at: now.getTime() }), sealedFor(userId));
  (await cookies()).set(revealCookie.name, sealed, revealCookie.options);
}

/** What waits to be shown to this person, or null: nothing, too old, or somebody else's. */
export async function readReveal(userId: string, now: Date): Promise<Reveal | null> {
  const sealed = (await cookies()).get(revealCookie.name)?.value;
  const text = sealed === undefined ? null : unseal(sealed, sealedFor(userId));
  if (text === null) return null;
  const read = shape.safeParse(JSON.parse(text));
  if (!read.success || isOver(later(new Date(read.data.at), policy.reveal.lifetime), now)) return null;
  return { kind: read.data.kind, codes: read.data.codes, returnTo: read.data.returnTo };
}

/** They have saved them: nothing is left to show. */
export async function dropReveal(): Promise<void> {
  (await cookies()).set(revealCookie.name, "", gone(revealCookie.options));
}
