import { listExported, type Span } from "@/lib/audit/export/store";
import type { RawDb } from "@/lib/db/client";
import { auditRules } from "@/lib/policy/audit-rules";

/**
 * The events of a span as JSON Lines, the oldest first: whole lines in each piece, one page of rows in memory at a time. In: a connection inside a transaction that
 * shows one moment. `onEvents` hears how many have gone out so far.
 */
export async function* exportEvents(db: RawDb, span: Span, onEvents: (count: number) => void): AsyncGenerator<Buffer> {
  let count = 0;
  for (let after = null; ; ) {
    const events = await listExported(db, span, { after, limit: auditRules.page });
    const last = events.at(-1);
    if (last === undefined) return;
    yield Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(""), "utf8");
    count += events.length;
    onEvents(count);
    if (events.length < auditRules.page) return;
    after = { at: last.at, id: last.id };
  }
}
