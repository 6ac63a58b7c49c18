import { events } from "@/lib/audit/events";
import { type RawCtx, sql } from "@/lib/context/context";

const changes = Object.entries(events).flatMap(([name, { owner }]) =>
  "group" in owner && owner.group === "changes" ? [name] : [],
);

/** Somebody about whose account something was changed, and when for the last time. */
export type Changed = { readonly email: string; readonly at: Date };

/** Who was changed from `since` on, by what the activity page calls changes; the last one first. Accounts that are gone are not among them. */
export function listChangedSince(ctx: RawCtx, since: Date): Promise<Changed[]> {
  return sql(ctx).$queryRaw<Changed[]>`
    SELECT u.email, max(e.at) AS at FROM security_events e JOIN users u ON u.id = e.subject_id
    WHERE e.at >= ${since} AND e.name = ANY(${[...changes]}::text[]) AND e.result = 'ok' GROUP BY u.id, u.email ORDER BY 2 DESC, 1`;
}
