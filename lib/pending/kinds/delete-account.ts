import * as z from "zod";
import { deleteAccount } from "@/lib/account/delete-account";
import { pendingKind } from "@/lib/pending/pending-kind";
import { whyNotDelete } from "@/lib/pending/why-not-delete";
import { pendingRules } from "@/lib/policy/pending-rules";

/** The account and all that is its own goes, a week after it was asked for, wherever that was. */
export const deleteAccountKind = pendingKind({
  name: "account.delete",
  shape: z.strictObject({}),
  waits: pendingRules.deletion,
  turn: "administrators",
  mayBeAtOnce: false,
  detail: async () => "",
  whyNot: (tx, { id }) => whyNotDelete(tx, id),
  effect: async (tx, owner) => {
    await deleteAccount(tx, { userId: owner.id, isAdmin: owner.isAdmin });
    return null;
  },
});
