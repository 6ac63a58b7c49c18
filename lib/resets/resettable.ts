import type { RawCtx } from "@/lib/context/context";
import { hasEverChosenPassword } from "@/lib/users/password/store";
import type { Account } from "@/lib/users/user";

/** May a letter reset this account's password? Not while it is disabled, and not before its invitation was taken up: that has a link of its own. */
export async function mayReset(ctx: RawCtx, account: Account): Promise<boolean> {
  if (account.disabledAt !== null) return false;
  return (
    account.passwordHash !== null || account.closedPassword !== null || (await hasEverChosenPassword(ctx, account.id))
  );
}
