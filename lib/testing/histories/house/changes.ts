import { doOne } from "@/lib/pending/do-due";
import type { Room } from "@/lib/testing/histories/house/room";
import { type Said, said } from "@/lib/testing/histories/model/said";
import type { ChangeKind } from "@/lib/testing/histories/model/state";
import { beginWait } from "@/lib/waiting/store";

const whose = ({ world }: Room, person: number) => world.people[person]?.userId ?? "";

/** The newest change of a kind that somebody asked for, in whatever state. */
export async function lastChange(room: Room, person: number, kind: ChangeKind): Promise<string> {
  const where = { userId: whose(room, person), kind };
  return (await room.ctx.db.pendingChange.findFirst({ where, orderBy: { askedAt: "desc" } }))?.id ?? "none";
}

/**
 * The runner's look, for one person alone: many histories share the database, each with an hour of its own. Letters have left by then.
 */
export async function lookForDue(room: Room, person: number): Promise<Said> {
  const ctx = { ...room.ctx, now: room.ctx.now };
  const where = { userId: whose(room, person), state: "WAITING" };
  const waiting = await ctx.db.pendingChange.findMany({ where, orderBy: [{ dueAt: "asc" }, { kind: "asc" }] });
  for (const { id, dueAt, waitHours } of waiting)
    if (dueAt === null) await beginWait(ctx, id, { at: ctx.now, hours: waitHours });
  for (const { id, userId, kind, dueAt } of waiting)
    if (dueAt !== null && dueAt <= ctx.now) await doOne(ctx, { id, userId, kind });
  return said("looked");
}
