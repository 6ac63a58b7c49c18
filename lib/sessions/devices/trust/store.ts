import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { earlier } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import type { DeviceTrust } from "@/lib/sessions/devices/store";

/** A turn that a browser came with. `follows`: it proves that it comes after the one that the row showed. */
export type PresentedTurn = { readonly trust: DeviceTrust; readonly hash: string; readonly follows: boolean };

/**
 * Notes that a turn was presented. True: it is good. That is the last one again (an answer was lost), the one after it, which takes its place, or for some
 * seconds more the one before. Of two that follow the same one only the first takes the place: the other is of a branch that was dropped.
 */
export async function presentTurn(ctx: RawCtx, { trust, hash, follows }: PresentedTurn): Promise<boolean> {
  const moves = Prisma.sql`(${follows}::boolean AND turn IS NOT DISTINCT FROM ${trust.turn}::text)`;
  const good = await sql(ctx).$executeRaw`
    UPDATE devices SET former_turn = CASE WHEN ${moves} THEN turn ELSE former_turn END,
      turn = CASE WHEN ${moves} THEN ${hash}::text ELSE turn END, turned_at = CASE WHEN ${moves} THEN ${ctx.now}::timestamptz ELSE turned_at END
    WHERE id = ${trust.deviceId} AND turn_key = ${trust.turnKey} AND (${moves} OR ${isPresent(ctx, hash)})`;
  return good === 1;
}

/** The last one that was presented, or the one before it while it lingers. */
const isPresent = (ctx: RawCtx, hash: string): Prisma.Sql => Prisma.sql`
  (turn = ${hash} OR COALESCE(former_turn = ${hash} AND turned_at > ${earlier(ctx.now, policy.device.turnLingers)}, false))`;

/**
 * Forgets a device one of whose turns came that is good no more: one of two browsers is a copy, and nobody knows which. Not before a turn of this trust was
 * presented: until then whatever comes is of the trust before, whose answer with the new one may have been lost. True for one caller.
 */
export async function deleteCopied(ctx: RawCtx, { trust, hash }: Omit<PresentedTurn, "follows">): Promise<boolean> {
  const gone = await sql(ctx).$executeRaw`
    DELETE FROM devices WHERE id = ${trust.deviceId} AND turn_key = ${trust.turnKey} AND turn IS NOT NULL AND NOT ${isPresent(ctx, hash)}`;
  return gone === 1;
}

/** Ends the trust in one device of this person; it stays known. True for one caller. */
export async function withdrawTrust(ctx: RawCtx, userId: string, id: string): Promise<boolean> {
  const withdrawn = await sql(ctx).$executeRaw`
    UPDATE devices SET trusted_at = NULL, trusted_with = NULL, turn_key = NULL, turn = NULL, former_turn = NULL, turned_at = NULL
    WHERE id = ${id} AND user_id = ${userId} AND trusted_at IS NOT NULL`;
  return withdrawn === 1;
}
