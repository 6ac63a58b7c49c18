import { type RawCtx, sql } from "@/lib/context/context";

/** After a restore: ends every session, for some of them had ended since the backup. Out: how many there were. */
export const endEverySession = (ctx: RawCtx): Promise<number> => sql(ctx).$executeRaw`DELETE FROM sessions`;

/** The same with every known device: one that was forgotten since would be known again. */
export const forgetEveryDevice = (ctx: RawCtx): Promise<number> => sql(ctx).$executeRaw`DELETE FROM devices`;
