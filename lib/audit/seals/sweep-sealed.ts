import { findBeginning } from "@/lib/audit/seals/sound-seals";
import { readNumbers, sweepSeals } from "@/lib/audit/seals/store";
import { sweepEvents } from "@/lib/audit/store";
import type { RawCtx } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";

/**
 * Deletes up to `limit` events that a portal vouches are older than they are kept for. Nothing where somebody else says it, nor where the numbers of events were
 * set back: then young events come to stand there. Out: how many.
 */
export async function sweepOldEvents(ctx: RawCtx, limit: number): Promise<number> {
  const db = rawOf(ctx.db);
  const { seal } = await findBeginning(db);
  if (seal === null || (await readNumbers(db)).given < seal.lastId) return 0;
  return sweepEvents(ctx, seal.lastId, limit);
}

/** Deletes up to `limit` seals from before that seal: it stays, the chain begins behind it. Out: how many. */
export async function sweepOldSeals(ctx: RawCtx, limit: number): Promise<number> {
  const { seal } = await findBeginning(rawOf(ctx.db));
  return seal === null ? 0 : sweepSeals(ctx, seal.number, limit);
}
