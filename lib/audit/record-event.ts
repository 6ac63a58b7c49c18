import { type EventMeta, type EventName, events } from "@/lib/audit/events";
import { insertEvents, type OwnEvent } from "@/lib/audit/store";
import { lastly, type RawCtx } from "@/lib/context/context";
import { logLine } from "@/lib/kernel/log";

export type SecurityEvent<N extends EventName = EventName> = {
  readonly name: N;
  readonly result: "ok" | "refused" | "failed";
  /** Whose account it is about; null when there is none (an unknown login name). */
  readonly subjectId: string | null;
  /** Who did it; the subject unless said otherwise. */
  readonly actorId?: string | null;
  readonly sessionId?: string;
  readonly meta?: EventMeta<N>;
};

/**
 * Writes one event. Inside a transaction it stands or falls with what it tells: the rows of one transaction are written together as its
 * last statement, and the JSON lines for the log are printed only after the commit (ASVS 16.2, 16.3). When the rows cannot be written,
 * the deed is refused too.
 */
export async function recordEvent<N extends EventName>(ctx: RawCtx, event: SecurityEvent<N>): Promise<void> {
  const row = {
    at: ctx.now,
    name: event.name,
    result: event.result,
    actorId: event.actorId === undefined ? event.subjectId : event.actorId,
    subjectId: event.subjectId,
    sessionRef: event.sessionId?.slice(0, 8) ?? null,
    requestId: ctx.requestId,
    ip: ctx.visitor.ip,
    agent: ctx.visitor.agent,
    meta: onlyListed(event.name, event.meta ?? {}),
  };
  await write(ctx, row);
  announce(ctx, row);
}

/** Prints the lines of events that a statement wrote about itself. */
export function announceEvents(ctx: RawCtx, told: readonly OwnEvent[]): void {
  const { now: at, requestId } = ctx;
  for (const { name, subjectId, sessionRef, meta } of told) {
    const who = { actorId: subjectId, subjectId, sessionRef };
    const row: EventRow = { at, name, result: "ok", ...who, requestId, ...ctx.visitor, meta: onlyListed(name, meta) };
    announce(ctx, row);
  }
}

function announce(ctx: RawCtx, row: EventRow): void {
  ctx.afterCommit(() => logLine("event", row));
}

const gathered = new WeakMap<RawCtx["db"], EventRow[]>();

async function write(ctx: RawCtx, row: EventRow): Promise<void> {
  const waiting = ctx.beforeCommit ? gathered.get(ctx.db) : undefined;
  if (waiting) {
    waiting.push(row);
    return;
  }
  const rows = [row];
  if (ctx.beforeCommit) gathered.set(ctx.db, rows);
  await lastly(ctx, () => insertEvents(rows));
}

export type EventRow = {
  readonly at: Date;
  readonly name: EventName;
  readonly result: string;
  readonly actorId: string | null;
  readonly subjectId: string | null;
  readonly sessionRef: string | null;
  readonly requestId: string | null;
  readonly ip: string;
  readonly agent: string;
  readonly meta: Readonly<Record<string, string | number | boolean>>;
};

function onlyListed(name: EventName, meta: Record<string, unknown>): EventRow["meta"] {
  const listed: readonly string[] = events[name];
  const kept: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(meta)) {
    if (!listed.includes(key)) throw new Error(`The event ${name} has no key ${key}.`);
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") kept[key] = value;
  }
  return kept;
}
