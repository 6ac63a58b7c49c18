import { closedTo } from "@/lib/audit/whose";
import type { Ctx } from "@/lib/context/context";
import { recordRefusedAndTell } from "@/lib/notices/record-and-tell";
import { firstDoor } from "@/lib/policy/traits";
import type { PasswordUse } from "@/lib/users/password/store";

/** `userId` null: it was typed for a name that nobody has. */
type Wrong = { readonly userId: string | null; readonly use: PasswordUse };

/**
 * After a wrong password: says once that it was the last that strangers, or all, are allowed. From then on the right one is refused there too.
 * For a name that nobody has the same work is done and no letter written, so that the time of the answer does not tell (ASVS 5.0, 6.3.8).
 */
export async function recordClosedPassword(ctx: Ctx, { userId, use: { closes } }: Wrong): Promise<void> {
  if (closes === null) return;
  const meta = { kind: firstDoor, ...closedTo(closes) };
  await recordRefusedAndTell(ctx, {
    event: { name: "factor.closed", subjectId: userId, actorId: null, meta },
    facts: { factor: firstDoor, ...closedTo(closes) },
  });
}
