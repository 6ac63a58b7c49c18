import { type RawCtx, sql } from "@/lib/context/context";

/** After a restore: drops what nobody has confirmed, for its page is gone. Out: how many. */
export const dropEveryEnrolment = (ctx: RawCtx): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM factors WHERE state = 'PENDING'`;

/** The same with every code that was sent: some of them were spent since the backup. */
export const dropEverySentCode = (ctx: RawCtx): Promise<number> => sql(ctx).$executeRaw`DELETE FROM one_time_codes`;

/** Voids every set of recovery codes: what was used, or replaced, since the backup would open a door again. Out: of how many people. */
export async function voidEverySet(ctx: RawCtx): Promise<number> {
  const rows = await sql(ctx).$queryRaw<{ people: number }[]>`
    WITH gone AS (DELETE FROM recovery_codes RETURNING user_id) SELECT count(DISTINCT user_id)::int AS people FROM gone`;
  return rows[0]?.people ?? 0;
}
