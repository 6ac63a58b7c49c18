import { type EventMeta, type EventName, type EventThat, events, type Result, type ResultOf } from "@/lib/audit/events";
import { insertEvents, type OwnEvent } from "@/lib/audit/store";
import { lastly, type RawCtx } from "@/lib/context/context";
import { isDatabaseFault } from "@/lib/db/database-fault";
import { ensure } from "@/lib/kernel/assert";
import { faultLine } from "@/lib/kernel/fault-line";
import { logLine } from "@/lib/kernel/log";
import { sampler } from "@/lib/kernel/sampler";
import { tally } from "@/lib/kernel/tally";
import { policy } from "@/lib/policy/policy";

export type SecurityEvent<N extends EventName = EventName> = About<N> & Said<N>;

type About<N extends EventName> = {
  readonly name: N;
  /** Whose account it is about; null when there is none (an unknown login name). */
  readonly subjectId: string | null;
  /** Who did it; the subject unless said otherwise. */
  readonly actorId?: string | null;
  readonly sessionId?: string;
  readonly meta?: EventMeta<N>;
};

/** How it went stands with the event; only where it has two results somebody must say which. */
type Said<N extends EventName> = (typeof events)[N]["results"] extends readonly [Result]
  ? unknown
  : { readonly result: ResultOf<N> };

/**
 * Writes one event. Inside a transaction it stands or falls with what it tells: the rows of one transaction are written together as its
 * last statement, and the JSON lines for the log are printed only after the commit (ASVS 16.2, 16.3). When the rows cannot be written,
 * the deed is refused too.
 */
export async function recordEvent<N extends EventThat<"ok" | "failed">>(
  ctx: RawCtx,
  event: SecurityEvent<N>,
): Promise<void> {
  const row = rowOf(ctx, event);
  await write(ctx, row);
  announce(ctx, row);
}

/**
 * Writes the event of a refusal, or of what a refusal ended (a session, a device), after everything that the refusal does and in no transaction: it
 * stands whatever becomes of its record, so a row that cannot be written is forgiven and told as a fault in the log, beside the event's own line. A
 * database that is away is not: the answer is "later" then.
 */
export async function recordRefused<N extends EventThat<"ok" | "refused">>(
  ctx: RawCtx,
  event: SecurityEvent<N>,
): Promise<void> {
  const row = refusalRow(ctx, event);
  await writeForgiven(ctx, row);
  announce(ctx, row);
}

/** What strangers can be refused without naming anybody. */
type OfStrangers =
  | "link.refused"
  | "login.password_refused"
  | "login.passkey_refused"
  | "login.throttled"
  | "unlock.refused";

type Refusing<N extends OfStrangers> = {
  readonly event: SecurityEvent<N>;
  /** A write in the place of a row, where the time of the answer must not tell that the refusal was nobody's. */
  readonly instead?: () => Promise<void>;
};

/** An account's own waits and letters say how many of these there are; old links and wrong signatures anybody can send without an end. */
const boundByAccount: readonly OfStrangers[] = ["login.password_refused", "login.throttled", "unlock.refused"];
const isBoundByAccount = ({ name, subjectId }: SecurityEvent<OfStrangers>): boolean =>
  subjectId !== null && boundByAccount.includes(name);

/**
 * The same of a refusal that strangers can bring about as often as they have addresses (a name that nobody has, a made-up token, a link that is over): of each kind and
 * subject only so many a minute are rows, and the next one brings along how many were not (`left_out`). Each is a line of the log, and is counted.
 */
export async function recordRefusedStranger<N extends OfStrangers>(
  ctx: RawCtx,
  { event, instead }: Refusing<N>,
): Promise<void> {
  const row = refusalRow(ctx, event);
  const sample = isBoundByAccount(event) ? { leftOut: 0 } : samplerOf(ctx)(`${event.name} ${event.subjectId}`, ctx.now);
  if (sample === null) await instead?.();
  else await writeForgiven(ctx, sample.leftOut > 0 ? withLeftOut(row, sample.leftOut) : row);
  announce(ctx, row);
}

const withLeftOut = (row: EventRow, leftOut: number): EventRow => ({
  ...row,
  meta: onlyListed(row.name, { ...row.meta, left_out: leftOut }),
});

/** What is left out is counted for each database by itself. */
const samplers = new WeakMap<RawCtx["db"], ReturnType<typeof sampler>>();

function samplerOf({ db }: RawCtx): ReturnType<typeof sampler> {
  const known = samplers.get(db);
  if (known) return known;
  const made = sampler(policy.requests.refusals);
  samplers.set(db, made);
  return made;
}

function refusalRow(ctx: RawCtx, event: Told): EventRow {
  ensure(ctx.beforeCommit === undefined, "a refusal is recorded outside the transaction that it undoes");
  return rowOf(ctx, event);
}

async function writeForgiven(ctx: RawCtx, row: EventRow): Promise<void> {
  try {
    await write(ctx, row);
  } catch (fault) {
    if (isDatabaseFault(fault)) throw fault;
    logLine("error", "event.not_written", { name: row.name, requestId: ctx.requestId, ...faultLine(fault) });
  }
}

/** Prints the lines of events that a statement wrote about itself. */
export function announceEvents(ctx: RawCtx, told: readonly OwnEvent[]): void {
  const { now: at, requestId } = ctx;
  for (const { name, subjectId, sessionRef, meta } of told) {
    const who = { actorId: subjectId, subjectId, sessionRef };
    const row: EventRow = {
      at,
      name,
      result: resultOf({ name }),
      ...who,
      requestId,
      ...ctx.visitor,
      meta: onlyListed(name, meta),
    };
    announce(ctx, row);
  }
}

type Told = Omit<About<EventName>, "meta"> & {
  readonly result?: Result;
  readonly meta?: Readonly<Record<string, unknown>>;
};

const rowOf = ({ now, requestId, visitor }: RawCtx, event: Told): EventRow => ({
  at: now,
  name: event.name,
  result: resultOf(event),
  actorId: event.actorId === undefined ? event.subjectId : event.actorId,
  subjectId: event.subjectId,
  sessionRef: event.sessionId?.slice(0, 8) ?? null,
  requestId,
  ip: visitor.ip,
  agent: visitor.agent,
  meta: onlyListed(event.name, event.meta ?? {}),
});

function resultOf({ name, result }: Pick<Told, "name" | "result">): Result {
  return result ?? events[name].results[0];
}

function announce(ctx: RawCtx, { name, ...told }: EventRow): void {
  ctx.afterCommit(() => {
    logLine("event", name, told);
    tally({ what: "event", name, result: told.result, meta: told.meta });
  });
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
  readonly result: Result;
  readonly actorId: string | null;
  readonly subjectId: string | null;
  readonly sessionRef: string | null;
  readonly requestId: string | null;
  readonly ip: string;
  readonly agent: string;
  readonly meta: Readonly<Record<string, string | number | boolean>>;
};

function onlyListed(name: EventName, meta: Record<string, unknown>): EventRow["meta"] {
  const listed: readonly string[] = events[name].carries;
  const kept: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(meta)) {
    if (!listed.includes(key)) throw new Error(`The event ${name} has no key ${key}.`);
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") kept[key] = value;
  }
  return kept;
}
