import type { RawCtx } from "@/lib/context/context";
import { earlier, later } from "@/lib/kernel/duration";
import { downloadDataKind } from "@/lib/pending/kinds/download-data";
import { pendingRules } from "@/lib/policy/pending-rules";
import { findDone } from "@/lib/waiting/store";

/**
 * Until when somebody may download their data, after a fresh proof; null: not now. What has waited, anybody who is in may use for a day: the session that
 * asked is long over by then. What was done at once is the asking session's alone.
 */
export async function mayDownloadUntil(
  ctx: RawCtx,
  { userId, sessionId }: { readonly userId: string; readonly sessionId: string },
): Promise<Date | null> {
  const since = earlier(ctx.now, pendingRules.downloadFor);
  const permit = await findDone(ctx, userId, { kind: downloadDataKind.name, since });
  if (permit === null || permit.endedAt === null) return null;
  const hasWaited = permit.waitHours > 0;
  return hasWaited || permit.askedIn === sessionId ? later(permit.endedAt, pendingRules.downloadFor) : null;
}
