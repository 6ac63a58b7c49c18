import { recordRefusedStranger } from "@/lib/audit/record-event";
import type { Ctx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { type LinkPurpose, linkHash } from "@/lib/links/link";
import { findAnyLink } from "@/lib/links/store";

type Posted = { readonly token: string; readonly purpose: LinkPurpose };

/**
 * Runs `use` of a link that was sent; a refusal of the link itself is recorded, outside any transaction that it undid: a link that is used
 * twice may be in the wrong hands. The event never holds the token. It consumed a try of the visitor's address, so that nobody fills the table.
 */
export async function recordingRefusal<T>(ctx: Ctx, { token, purpose }: Posted, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof DomainError && error.id === "setup.link_over") await recordOfToken(ctx, { token, purpose });
    throw error;
  }
}

async function recordOfToken(ctx: Ctx, { token, purpose }: Posted): Promise<void> {
  const hash = linkHash(token, purpose);
  await recordRefusedLink(ctx, purpose, hash === null ? null : await findAnyLink(ctx, hash, [purpose]));
}

/**
 * Records that a link was refused. `known`: what its token is the hash of, with whose it is (null: nobody's in particular), a link that was once good: used,
 * expired, or its account has changed (`over`); null: forged, mistyped, replaced or long gone (`unknown`).
 */
export async function recordRefusedLink(
  ctx: Ctx,
  purpose: string,
  known: { readonly userId: string | null } | null,
): Promise<void> {
  const meta = { purpose, reason: known === null ? "unknown" : "over" };
  const event = { name: "link.refused", subjectId: known?.userId ?? null, actorId: null, meta } as const;
  await recordRefusedStranger(ctx, { event });
}
