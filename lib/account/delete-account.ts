import type { RawCtx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { findListener } from "@/lib/notices/tell-user";
import { gatheredSorts } from "@/lib/notices/which-notice";
import { channelNames } from "@/lib/policy/channels";
import { deleteCountersOf } from "@/lib/throttle/store";
import { deleteUser } from "@/lib/users/store";

/** What is counted for an account beside it. */
export const countedApart: readonly string[] = [...channelNames, ...gatheredSorts];

type Leaving = { readonly userId: string; readonly isAdmin: boolean };

/**
 * Deletes an account with all that is its own: sessions, factors, codes, links, devices, letters and what waits; its events stay, under an id that
 * nobody has any more. The farewell letter goes to every address and outlives it. Whoever calls has the turn of administrators, so that of two who leave
 * at the same moment one stays. Throws `pending.last_administrator`.
 */
export async function deleteAccount(tx: RawCtx, { userId, isAdmin }: Leaving): Promise<void> {
  const reader = await findListener(tx, userId); // while it has addresses
  if (!(await deleteUser(tx, userId))) throw new DomainError("pending.last_administrator");
  await recordAndTell(tx, {
    event: { name: "account.deleted", subjectId: userId, meta: { admin: isAdmin } },
    reader,
    isFarewell: true,
  });
  await deleteCountersOf(tx, userId, countedApart); // behind the farewell: it is counted too
}
