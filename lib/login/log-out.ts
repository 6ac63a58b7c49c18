import type { Ctx } from "@/lib/context/context";
import { endSession } from "@/lib/sessions/end-session";

/** Ends the acting session for good. */
export async function logOut(
  ctx: Ctx,
  { sessionId, userId }: { readonly sessionId: string; readonly userId: string },
): Promise<void> {
  await endSession(ctx, { sessionId, userId, why: "logged_out" });
}
