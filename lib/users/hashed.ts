import type { Ctx } from "@/lib/context/context";
import { takePlace } from "@/lib/crypto/hashing-gate";
import { protectPassword } from "@/lib/users/check-password";

/** One password, hashed with a place at the gate and sealed for its account. */
export async function hashed(ctx: Ctx, userId: string, password: string): Promise<string> {
  const place = await takePlace(ctx.now);
  try {
    return await protectPassword(userId, password);
  } finally {
    place.leave();
  }
}
