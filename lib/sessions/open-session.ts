import type { RawCtx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import type { OfferedSession } from "@/lib/sessions/store";

/**
 * A session to be opened by the claim of a login; only `lib/challenge` asks for one. Its token is new, whatever the browser came with (against session fixation).
 * Out: the token for the cookie (256 bits, stored as SHA-256) and what its row will hold.
 */
export function offerSession(ctx: RawCtx): { readonly token: string; readonly row: OfferedSession } {
  const token = `ses_${ctx.random.token()}`;
  const expiresAt = later(ctx.now, policy.session.lifetime);
  return { token, row: { id: ctx.random.id(), tokenHash: sha256(token), expiresAt } };
}
