import type { Ctx } from "@/lib/context/context";

/** Moves the one change that waits for somebody to the moment at which it is due. Out: its id. */
export async function dueNow(ctx: Ctx, userId: string): Promise<string> {
  const { id } = await ctx.db.pendingChange.findFirstOrThrow({ where: { userId, state: "WAITING" } });
  await ctx.db.pendingChange.update({ where: { id }, data: { toldAt: ctx.now, dueAt: ctx.now } });
  return id;
}
