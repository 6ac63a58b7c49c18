import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import type { Actor } from "@/lib/sessions/acting-session";
import { consumingTry } from "@/lib/throttle/consume-try";
import { readUsername } from "@/lib/users/contact-rules";
import { isTaken, replaceUsername } from "@/lib/users/store";

type Owner = Pick<Actor, "userId" | "sessionId">;

/**
 * The owner's own change of the user name to log in with, or its end (nothing typed). That one is taken must be said; so that nobody learns by it who has an account, it may be
 * asked ten times a day. Out: the name as it is stored, or null. Throws `setup.bad_username`, `account.username_taken`, `throttle.too_many`.
 */
export async function changeUsername(
  ctx: Ctx,
  { actor, typed }: { readonly actor: Owner; readonly typed: string },
): Promise<string | null> {
  const username = typed.trim() === "" ? null : readUsername(typed);
  await consumingTry(ctx, { rule: "username.change", of: actor.userId }, () => change(ctx, actor, username));
  return username;
}

/** That a name is taken is an answer, and becomes one here: as a fault it would be refunded, and free to ask for. */
async function change(ctx: Ctx, { userId, sessionId }: Owner, username: string | null): Promise<void> {
  try {
    await inShortTransaction(ctx, async (tx) => {
      if (!(await replaceUsername(tx, userId, username))) return;
      await recordAndTell(tx, {
        event: { name: "account.username_changed", subjectId: userId, sessionId, meta: { has: username !== null } },
        facts: { username: username ?? "" },
      });
    });
  } catch (fault) {
    if (isTaken(fault)) throw new DomainError("account.username_taken", { field: "username" });
    throw fault;
  }
}
