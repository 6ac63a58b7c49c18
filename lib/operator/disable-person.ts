import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { deleteOtherDevices } from "@/lib/sessions/devices/store";
import { deleteOtherSessions } from "@/lib/sessions/store";
import { takeTurn } from "@/lib/turns/store";
import { disableAccount, findAccount } from "@/lib/users/store";
import { endWaiting } from "@/lib/waiting/end-waiting";

/** How many live sessions ended with it. */
export type DisabledPerson = { readonly sessions: number };

/**
 * An operator shuts an account: it opens for nobody, and reads from outside like one that nobody has come into yet. The security stamp rises, which voids sessions of the
 * pages and of apps, half-finished logins, known devices and links; all of them are over at their next request. What waits is stopped. Password and factors stay.
 * Null: there is no such account. Throws `account.disabled_already`, and `account.last_administrator` where nobody who can log in would be one.
 */
export async function disablePerson(
  ctx: Ctx,
  { userId, by }: { readonly userId: string; readonly by: string },
): Promise<DisabledPerson | null> {
  const sessions = await inShortTransaction(ctx, async (tx) => {
    await takeTurn(tx, "administrators"); // two at once could otherwise be each other's last
    if (!(await disableAccount(tx, userId))) return null;
    await endWaiting(tx, userId, { why: "account_disabled" });
    const ended = await deleteOtherSessions(tx, userId, null);
    await deleteOtherDevices(tx, userId, null);
    const event = {
      name: "account.disabled",
      subjectId: userId,
      actorId: null,
      meta: { by, sessions: ended },
    } as const;
    await recordAndTell(tx, { event });
    return ended;
  });
  return sessions === null ? whyNot(ctx, userId) : { sessions };
}

async function whyNot(ctx: Ctx, userId: string): Promise<null> {
  const account = await findAccount(ctx, userId);
  if (account === null) return null;
  throw new DomainError(account.disabledAt === null ? "account.last_administrator" : "account.disabled_already");
}
