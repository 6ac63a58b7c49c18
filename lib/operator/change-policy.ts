import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { type PersonPolicy, readPersonPolicy, storedPolicy } from "@/lib/policy/person-policy";
import { findAccount, replacePolicy, takeGuardRow } from "@/lib/users/store";
import type { Account } from "@/lib/users/user";

/** What becomes of each key: a value, or undefined for "as for everybody". A key that is not there stays as it is. */
export type PolicyChange = PersonPolicy;

/**
 * Changes what is asked of one person apart from everybody else. No session ends: each sees it at its next request, and one whose person owes
 * a factor then can do nothing but bind it. A damaged policy is written whole again, with what of it could be read.
 * Out: the account as it is now, or null when there is none.
 */
export async function changePolicy(
  ctx: Ctx,
  { userId, change, by }: { readonly userId: string; readonly change: PolicyChange; readonly by: string },
): Promise<Account | null> {
  return inTransaction(ctx, async (tx) => {
    await takeGuardRow(tx, userId);
    const account = await findAccount(tx, userId);
    if (!account) return null;
    const own = { ...readPersonPolicy(account.policy).policy, ...change };
    await replacePolicy(tx, userId, storedPolicy(own));
    await recordEvent(tx, {
      name: "account.policy_changed",
      subjectId: userId,
      actorId: null,
      meta: { by, ...asMeta(own) },
    });
    return findAccount(tx, userId);
  });
}

/** What is asked apart from now on, key by key; what is as for everybody is not there. */
function asMeta({ demand, from, kinds, count, emailCounts, strength }: PersonPolicy) {
  return {
    ...(demand === undefined ? {} : { demand }),
    ...(from === undefined ? {} : { from: from.toISOString().slice(0, 10) }),
    ...(kinds === undefined ? {} : { kinds: kinds.join(" ") }),
    ...(count === undefined ? {} : { count }),
    ...(emailCounts === undefined ? {} : { email_counts: emailCounts }),
    ...(strength === undefined ? {} : { strength }),
  };
}
