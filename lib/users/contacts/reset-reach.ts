import type { RawCtx } from "@/lib/context/context";
import { findResetFacts, type ResetFacts } from "@/lib/users/contacts/store";

/**
 * Where the letters of a reset go, and which second factors count for it. `to`: login e-mails, none where nobody may be sent one. `factorsBefore`: only
 * factors that were confirmed before that moment count, and an account without one is the operator's to help; null: every factor counts.
 */
export type ResetReach = { readonly to: readonly string[]; readonly factorsBefore: Date | null };

/**
 * The ordinary way of a reset is the login e-mail alone. For 72 hours after a change of it, taken back or not, nobody knows which of the two people is the owner: the
 * letter goes to both addresses, and only a factor from before tells them apart: from a week before, where the account is as old (`beforeTheMove`). What an operator entered and nobody has confirmed counts
 * too, but never for an administrator. Null: there is no such account.
 */
export async function findResetReach(ctx: RawCtx, userId: string): Promise<ResetReach | null> {
  const facts = await findResetFacts(ctx, userId);
  return facts === null ? null : resetReachOf(facts);
}

/** The same of what was read before. Pure. */
export function resetReachOf({ email, isConfirmed, isAdmin, changes, factorsBefore }: ResetFacts): ResetReach {
  const own = mailboxOf({ email, isConfirmed, isAdmin });
  const others = changes.flatMap(({ former, isFormerConfirmed, next }) => [
    next, // proven by its code
    mailboxOf({ email: former, isConfirmed: isFormerConfirmed, isAdmin }),
  ]);
  const to = [own, ...others].filter((one) => one !== null);
  return { to: [...new Set(to)], factorsBefore };
}

/** A mailbox to which a letter may go that opens something; null: nobody has confirmed it, and an administrator needs more than that somebody typed it. Pure. */
export const mailboxOf = ({ email, isConfirmed, isAdmin }: Mailbox): string | null =>
  isConfirmed || !isAdmin ? email : null;

type Mailbox = Pick<ResetFacts, "email" | "isConfirmed" | "isAdmin">;
