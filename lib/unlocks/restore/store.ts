import { type RawCtx, sql } from "@/lib/context/context";

/** After a restore: deletes every letter's way past strangers, opened or not: one that was over since would open again. Out: how many there were. */
export const dropEveryUnlock = (ctx: RawCtx): Promise<number> => sql(ctx).$executeRaw`DELETE FROM unlocks`;
