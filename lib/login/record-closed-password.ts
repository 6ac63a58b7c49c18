import { recordRefused } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { tellUser } from "@/lib/notices/tell-user";
import type { PasswordUse } from "@/lib/users/store";

/** After a wrong password: says once that it was the last that strangers, or all, are allowed. From then on the right one is refused there too. */
export async function recordClosedPassword(ctx: Ctx, userId: string, { closes }: PasswordUse): Promise<void> {
  if (closes === null) return;
  const about = { factor: "password", lane: closes } as const;
  await inTransaction(ctx, (tx) =>
    tellUser(tx, { userId, kind: "factor.closed", facts: { ...noticeFacts(tx), ...about } }),
  );
  const meta = { kind: "password", lane: closes };
  await recordRefused(ctx, { name: "factor.closed", subjectId: userId, actorId: null, meta });
}
