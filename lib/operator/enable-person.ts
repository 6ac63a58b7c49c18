import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { enableAccount } from "@/lib/users/store";

/**
 * An operator opens a disabled account again: its password and factors are as they were, whatever was void stays void. Throws
 * `account.not_disabled`, also for an account that is gone.
 */
export async function enablePerson(
  ctx: Ctx,
  { userId, by }: { readonly userId: string; readonly by: string },
): Promise<void> {
  await inShortTransaction(ctx, async (tx) => {
    if (!(await enableAccount(tx, userId))) throw new DomainError("account.not_disabled");
    await recordAndTell(tx, { event: { name: "account.enabled", subjectId: userId, actorId: null, meta: { by } } });
  });
}
