import { type RawCtx, sql } from "@/lib/context/context";

/** After a restore: no login or step-up of before goes on. Out: how many there were. */
export const dropEveryChallenge = (ctx: RawCtx): Promise<number> => sql(ctx).$executeRaw`DELETE FROM challenges`;
