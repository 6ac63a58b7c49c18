import type { Outcome } from "@/lib/cli/command";
import type { Ctx } from "@/lib/context/context";
import { formerIdentifier } from "@/lib/kernel/identifier";
import { loginIdentifier } from "@/lib/users/login-identifier";
import { findAccount, findAccountByIdentifier } from "@/lib/users/store";
import type { Account } from "@/lib/users/user";

type Found = { readonly account: Account } | { readonly refusal: Outcome };

/**
 * The account behind an e-mail (or user name, or phone number) in any spelling, or behind an id, as the log and `check` name people; or the refusal to
 * answer with. The id comes first, letter by letter: somebody may have chosen another's id in small letters as their user name. Where one address was stored
 * in two spellings before it had one form, each account is found by its own: an operator must reach both.
 */
export async function findPerson(ctx: Ctx, typed: string): Promise<Found> {
  const spelled = formerIdentifier(typed);
  const account =
    (await findAccount(ctx, typed)) ??
    (await findAccountByIdentifier(ctx, spelled)) ??
    (await findAccountByIdentifier(ctx, loginIdentifier(typed)));
  return account ? { account } : { refusal: noSuchPerson(typed) };
}

/** The same answer for somebody who left while the command ran. */
export function noSuchPerson(typed: string): Outcome {
  const text = `There is no account with the email ${JSON.stringify(typed)}. To see all of them: npm run portal -- people list`;
  return { kind: "refused", id: "person.unknown", text };
}
