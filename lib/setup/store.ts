import { type RawCtx, sql } from "@/lib/context/context";
import { earlier } from "@/lib/kernel/duration";
import { portalRules } from "@/lib/policy/portal-rules";
import { isLiving } from "@/lib/portals/store";

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

/** A set-up link that was printed elsewhere and is good: by which portal, and when. */
export type KeptLink = { readonly portal: string; readonly madeAt: Date };

/**
 * The open set-up link that a living portal other than `self` made within the last hour. Who made it stands in the newest event: each link voids
 * the one before.
 */
export async function findKeptLink(ctx: RawCtx, self: string): Promise<KeptLink | null> {
  const rows = await sql(ctx).$queryRaw<KeptLink[]>`
    SELECT p.name AS portal, l.created_at AS "madeAt" FROM one_time_links l
    CROSS JOIN LATERAL (
      SELECT meta FROM security_events WHERE name = 'setup.link_created' AND at >= l.created_at ORDER BY at DESC, id DESC LIMIT 1
    ) e
    JOIN portals p ON p.id = e.meta->>'portal_id'
    WHERE l.purpose = 'setup' AND l.consumed_at IS NULL AND l.expires_at > ${ctx.now}
      AND l.created_at > ${earlier(ctx.now, portalRules.keepsLink)} AND p.id <> ${self} AND ${isLiving}`;
  return rows[0] ?? null;
}
