import { type RawCtx, sql } from "@/lib/context/context";

/** After a restore: deletes every link that nobody has spent. Out: the email addresses whose invitation, still good, was among them. */
export async function dropOpenLinks(ctx: RawCtx): Promise<string[]> {
  const rows = await sql(ctx).$queryRaw<{ email: string | null }[]>`
    WITH gone AS (DELETE FROM one_time_links WHERE consumed_at IS NULL RETURNING purpose, user_id, expires_at)
    SELECT DISTINCT u.email FROM gone g JOIN users u ON u.id = g.user_id
    WHERE g.purpose = 'invitation' AND g.expires_at > ${ctx.now} ORDER BY u.email`;
  return rows.flatMap(({ email }) => email ?? []);
}
