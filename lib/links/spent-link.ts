import type { Ctx } from "@/lib/context/context";
import { isOver } from "@/lib/kernel/duration";
import { type LinkPurpose, linkHash } from "@/lib/links/link";
import { findAnyLink } from "@/lib/links/store";

/**
 * What became of a link that does not open. `used`: it did its work. `expired`: nobody used it in time. `void`: replaced by a newer one,
 * overtaken by a change of its account, or never one of ours.
 */
export type SpentLink = {
  readonly why: "used" | "expired" | "void";
  /** Whose it was; null also for the one that made the first account. */
  readonly userId: string | null;
};

/** Tells the bearer of a link why it does not open, from its row. Writes nothing. */
export async function readSpentLink(ctx: Ctx, token: unknown, purpose: LinkPurpose): Promise<SpentLink> {
  const hash = linkHash(token, purpose);
  const link = hash === null ? null : await findAnyLink(ctx, hash, [purpose]);
  if (!link) return { why: "void", userId: null };
  const { userId, spentAt, expiresAt } = link;
  if (spentAt !== null) return { why: "used", userId };
  return { why: isOver(expiresAt, ctx.now) ? "expired" : "void", userId };
}
