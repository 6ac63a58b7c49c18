import type { Ctx } from "@/lib/context/context";
import { clearFailures, deleteBucket } from "@/lib/throttle/store";

/**
 * Called in the transaction of a success. `paid` names the bucket of each try that this challenge paid: their waits end,
 * and of the lifetime cap only this challenge's own share is given back.
 */
export async function forgiveTries(ctx: Ctx, paid: readonly string[]): Promise<void> {
  for (const key of new Set(paid)) await clearFailures(ctx, key, paid.filter((one) => one === key).length);
}

/** A right password: its lane starts from nothing. */
export async function forgetTries(ctx: Ctx, key: string): Promise<void> {
  await deleteBucket(ctx, key);
}
