import { recordRefused } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { canLeave } from "@/lib/letters/post-letter";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { tellUser } from "@/lib/notices/tell-user";
import { firstDoor } from "@/lib/policy/traits";
import { writeNothingNew } from "@/lib/throttle/store";
import type { PasswordUse } from "@/lib/users/store";

/** `userId` null: it was typed for a name that nobody has. */
type Wrong = { readonly userId: string | null; readonly use: PasswordUse };

/**
 * After a wrong password: says once that it was the last that strangers, or all, are allowed. From then on the right one is refused there too.
 * For a name that nobody has the same work is done and no letter written, so that the time of the answer does not tell (ASVS 5.0, 6.3.8).
 */
export async function recordClosedPassword(ctx: Ctx, { userId, use: { closes } }: Wrong): Promise<void> {
  if (closes === null) return;
  const about = { factor: firstDoor, lane: closes } as const;
  await inTransaction(ctx, async (tx) => {
    await tellUser(tx, { userId: userId ?? nobody, kind: "factor.closed", facts: { ...noticeFacts(tx), ...about } });
    if (userId === null && canLeave("mail")) await writeNothingNew(tx, nobody); // in the place of the letter
  });
  const meta = { kind: firstDoor, lane: closes };
  await recordRefused(ctx, { name: "factor.closed", subjectId: userId, actorId: null, meta });
}

/** No account has this id. */
const nobody = "";
