import type { Ctx } from "@/lib/context/context";
import { blindIndex } from "@/lib/crypto/index-keys";
import { linkHash } from "@/lib/links/link";
import { readSpentLink, type SpentLink } from "@/lib/links/spent-link";
import { findResetLink, type LiveReset } from "@/lib/links/store";
import { policy } from "@/lib/policy/policy";
import { mayReset } from "@/lib/resets/resettable";
import { findPasswordDate } from "@/lib/users/password/store";
import { findAccount } from "@/lib/users/store";
import type { Account } from "@/lib/users/user";

/** What a link remembers of the address that it is made under. */
export const addressMark = (email: string): string => blindIndex("mac:address", ["mail", email]);

/**
 * The account that a live link may reset: it dies with the password and with the address under which it was made, not with the security stamp, because an owner
 * who ends a thief's session must not lose the letter. Null: it is good for nothing any more.
 */
export async function findResetAccount(ctx: Ctx, link: LiveReset): Promise<Account | null> {
  const account = await findAccount(ctx, link.userId);
  if (account === null || !(await mayReset(ctx, account)) || addressMark(account.email) !== link.sentTo) return null;
  const chosenAt = await findPasswordDate(ctx, account.id);
  return chosenAt !== null && chosenAt > link.createdAt ? null : account;
}

/** What a reset link's page shows. `tried`: it was opened as often as it may be. */
export type ResetView =
  | { readonly state: "open"; readonly email: string }
  | { readonly state: "tried" | SpentLink["why"] };

/** What is behind a link of a letter. A GET asks this, however often: nothing is spent and nothing written, so that a scanner of mails may. */
export async function readReset(ctx: Ctx, token: unknown): Promise<ResetView> {
  const hash = linkHash(token, "reset");
  const link = hash === null ? null : await findResetLink(ctx, hash);
  const account = link && (await findResetAccount(ctx, link));
  if (link && account)
    return link.openings < policy.reset.openings ? { state: "open", email: account.email } : { state: "tried" };
  return { state: link ? "void" : (await readSpentLink(ctx, token, "reset")).why };
}
