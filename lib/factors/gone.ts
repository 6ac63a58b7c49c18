import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import type { Ctx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";

type Asking = { readonly userId: string; readonly sessionId: string | null };

/**
 * Somebody names a factor that is not theirs, or is not there any more: both read the same, and leave a row. Out: the error to throw. Not inside a
 * transaction.
 */
export async function goneFactor(ctx: Ctx, { userId, sessionId }: Asking): Promise<DomainError> {
  const about = { subjectId: userId, ...(sessionId !== null && { sessionId }), meta: { what: "factor" } };
  await recordRefusedAccess(ctx, { name: "authz.refused", ...about });
  return new DomainError("factors.gone");
}
