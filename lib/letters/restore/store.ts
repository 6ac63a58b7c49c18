import { type RawCtx, sql } from "@/lib/context/context";

/** After a restore: drops every letter that has not left. Some have left since the backup, and what they tell is undone. Out: how many. */
export const dropUnsentLetters = (ctx: RawCtx): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM letters WHERE sent_at IS NULL`;
