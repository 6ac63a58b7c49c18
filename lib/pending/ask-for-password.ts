import type { Ctx } from "@/lib/context/context";
import { takePlace } from "@/lib/crypto/hashing-gate";
import { hashPassword } from "@/lib/crypto/password-hash";
import { DomainError } from "@/lib/kernel/errors";
import { type AskedFor, askForChange } from "@/lib/pending/ask-for-change";
import type { Actor } from "@/lib/sessions/acting-session";
import { checkNewPassword } from "@/lib/users/password-rules";
import { findAccount } from "@/lib/users/store";

/**
 * Somebody who is in with a fresh proof of a factor, and has forgotten the password, chooses another one: it waits. Without a factor the password is the only
 * proof, so whoever does not have it has none. Only the new one's hash is kept, sealed in the change's row. Throws
 * `pending.no_factor`, `password.too_short|too_long|too_common|only_names`, `hash.busy`, and what `askForChange` does.
 */
export async function askForPassword(
  ctx: Ctx,
  { actor, held, next }: { readonly actor: Actor; readonly held: readonly string[]; readonly next: string },
): Promise<AskedFor> {
  if (held.length === 0) throw new DomainError("pending.no_factor");
  const account = await findAccount(ctx, actor.userId);
  if (!account) throw new DomainError("account.changed_meanwhile");
  await checkNewPassword(next, account, ctx.now);
  const place = await takePlace(ctx.now);
  try {
    return await askForChange(ctx, actor, "password.set", { phc: await hashPassword(next) });
  } finally {
    place.leave();
  }
}
