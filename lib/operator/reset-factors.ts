import { type Ctx, inTransaction } from "@/lib/context/context";
import { countUnused, deleteCodes } from "@/lib/factors/recovery/store";
import { countActive, deleteAllFactors } from "@/lib/factors/store";
import { rememberFactor } from "@/lib/notices/former-address";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { findListener } from "@/lib/notices/tell-user";
import { bucketOf } from "@/lib/policy/throttle-rules";
import { boundKinds } from "@/lib/policy/traits";
import { deleteOtherSessions } from "@/lib/sessions/store";
import { deleteBucketIfAllBoundAnew } from "@/lib/throttle/store";
import { voidCredentials } from "@/lib/users/store";
import { endWaiting } from "@/lib/waiting/end-waiting";

/** What was taken away: active factors, unused recovery codes, live sessions. */
export type Reset = { readonly factors: number; readonly codes: number; readonly sessions: number };

/**
 * An operator's last resort for somebody who lost every second factor (ASVS 5.0, 6.4.4): all factors, pending ones and recovery
 * codes go; the security stamp rises, which voids sessions, half-finished logins, known devices and links, and what waits is stopped. The password stays.
 * With nothing of a kind left, its counters go as well: whatever is bound next begins anew. Null: there is no such account.
 */
export async function resetFactors(
  ctx: Ctx,
  { userId, by }: { readonly userId: string; readonly by: string },
): Promise<Reset | null> {
  return inTransaction(ctx, async (tx) => {
    if (!(await voidCredentials(tx, userId))) return null;
    await endWaiting(tx, userId, { why: "factors_reset" });
    const factors = await countActive(tx, userId);
    const codes = await countUnused(tx, userId);
    const reader = await findListener(tx, userId); // while all addresses are still there
    await deleteAllFactors(tx, userId);
    for (const factor of reader?.factors ?? []) await rememberFactor(tx, factor);
    await deleteCodes(tx, userId);
    const sessions = await deleteOtherSessions(tx, userId, null);
    for (const kind of boundKinds) {
      const bucket = bucketOf(kind);
      if (bucket) await deleteBucketIfAllBoundAnew(tx, { rule: bucket, userId, kind });
    }
    const meta = { by, factors, codes, sessions };
    const event = { name: "account.factors_reset", subjectId: userId, actorId: null, meta } as const;
    await recordAndTell(tx, { event, reader });
    return { factors, codes, sessions };
  });
}
