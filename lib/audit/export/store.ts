import type { EventRow } from "@/lib/audit/record-event";
import type { RawDb } from "@/lib/db/client";

/** An event as an export has it: the row, with its number and its HMAC in hexadecimal. */
export type ExportedEvent = { readonly id: string } & Omit<EventRow, "name" | "result"> & {
    readonly name: string;
    readonly result: string;
    readonly mac: string | null;
  };

/** Between which moments; null: from the first, to the last. `until` is not among them. */
export type Span = { readonly since: Date | null; readonly until: Date | null };

type Place = { readonly at: Date; readonly id: string };

/** The next events of that span behind a place, the oldest first. */
export function listExported(
  db: RawDb,
  { since, until }: Span,
  { after, limit }: { readonly after: Place | null; readonly limit: number },
): Promise<ExportedEvent[]> {
  const from = after ?? { at: since ?? new Date(0), id: "-1" };
  return db.$queryRaw<ExportedEvent[]>`
    SELECT id::text AS id, at, name, result, actor_id AS "actorId", subject_id AS "subjectId", session_ref AS "sessionRef", request_id AS "requestId", ip, agent, meta,
      encode(mac, 'hex') AS mac
    FROM security_events WHERE (at, id) > (${from.at}::timestamptz, ${from.id}::bigint) AND at < COALESCE(${until}::timestamptz, 'infinity')
    ORDER BY at, id LIMIT ${limit}::int`;
}
