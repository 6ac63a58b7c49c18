import type { Ctx } from "@/lib/context/context";
import { handleOf, secretSealedFor } from "@/lib/crypto/factor-secret";
import { seal } from "@/lib/crypto/seal";

/** A bound number or address as a bare row, with the handle by which its like are found: nobody is told, no session ends. Out: its id and handle. */
export async function withAddress(ctx: Ctx, userId: string, kind: "sms" | "email", to: string) {
  const id = ctx.random.id();
  const handle = handleOf(kind, to);
  const secret = seal(to, secretSealedFor(userId, id));
  const { now: createdAt, now: confirmedAt } = ctx;
  await ctx.db.factor.create({
    data: { id, userId, kind, handle, secret, createdAt, confirmedAt, state: "ACTIVE", label: to },
  });
  return { factorId: id, handle };
}
