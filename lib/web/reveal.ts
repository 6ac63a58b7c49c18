import type { Ctx } from "@/lib/context/context";
import { dropCookie, putCookie, readCookie } from "@/lib/web/cookie-jar";
import { type OpenReveal, openReveal, type Reveal, sealReveal } from "@/lib/web/sealed-reveal";

/**
 * Hands codes over from the action that made them to the page that shows them: sealed for this one person, in a cookie that lives
 * fifteen minutes, so that a reload or a lost page does not lose them and the database never holds them readable.
 */
export async function putReveal(ctx: Ctx, userId: string, reveal: Reveal): Promise<void> {
  await putCookie("shown-once", sealReveal(userId, reveal, ctx.now));
}

/** What waits to be shown to this person, or null: nothing, too old, or somebody else's. */
export async function readReveal(userId: string, now: Date): Promise<OpenReveal | null> {
  return openReveal(userId, await readCookie("shown-once"), now);
}

/** They have saved them: nothing is left to show. */
export async function dropReveal(): Promise<void> {
  await dropCookie("shown-once");
}
