import { findBeginning } from "@/lib/audit/seals/sound-seals";
import { sweepSeals } from "@/lib/audit/seals/store";
import { sweepEvents } from "@/lib/audit/store";
import type { RawCtx } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";

/** Deletes up to `limit` events that a portal vouches are older than they are kept for. Nothing where somebody else says it. Out: how many. */
export async function sweepOldEvents(ctx: RawCtx, limit: number): Promise<number> {
  const { seal } = await findBeginning(rawOf(ctx.db));
  return seal === null ? 0 : sweepEvents(ctx, seal.lastId, limit);
}

/** Deletes up to `limit` seals from before that seal: it stays, the chain begins behind it. Out: how many. */
export async function sweepOldSeals(ctx: RawCtx, limit: number): Promise<number> {
  const { seal } = await findBeginning(rawOf(ctx.db));
  return seal === null ? 0 : sweepSeals(ctx, seal.number, limit);
}
