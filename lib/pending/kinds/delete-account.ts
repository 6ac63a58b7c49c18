import * as z from "zod";
import { deleteAccount } from "@/lib/account/delete-account";
import { pendingKind } from "@/lib/pending/pending-kind";
import { pendingRules } from "@/lib/policy/pending-rules";
import { isLastAdministrator } from "@/lib/users/store";

/** The account and all that is its own goes, a week after it was asked for, wherever that was. */
export const deleteAccountKind = pendingKind({
  name: "account.delete",
  shape: z.strictObject({}),
  waits: pendingRules.deletion,
  turn: "administrators",
  mayBeAtOnce: false,
  detail: async () => "",
  whyNot: async (tx, { id }) => ((await isLastAdministrator(tx, id)) ? "pending.last_administrator" : null),
  effect: async (tx, owner) => {
    await deleteAccount(tx, { userId: owner.id, isAdmin: owner.isAdmin });
    return null;
  },
});
