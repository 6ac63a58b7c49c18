import { type RawCtx, sql } from "@/lib/context/context";

/**
 * Has anybody ever been an administrator here, invited ones too? Then the first run is over, also when none is left: who can make another one
 * is the operator. Accounts alone end nothing: an operator may make some before they open their own link. A row of its own says it, since
 * people leave and events are swept; an administrator whom somebody made by hand has none, and counts while they are there.
 */
export async function hasHadAdministrator(ctx: RawCtx): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ had: boolean }[]>`
    SELECT EXISTS (SELECT FROM first_run) OR EXISTS (SELECT FROM users WHERE is_admin) AS had`;
  return rows[0]?.had === true;
}
