import { type RawCtx, sql } from "@/lib/context/context";
import type { RawDb } from "@/lib/db/client";
import { earlier, inSeconds } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import { throttleRules, type WaitingRule, type WindowRule } from "@/lib/policy/throttle-rules";
import { storedName, unknownSubject } from "@/lib/throttle/bucket";

/**
 * Writes the one row that readiness checks write, and tells what the database's clock says. A full disk, a read-only
 * standby and a dead connection all throw here.
 */
export async function writeProbe(db: RawDb): Promise<Date> {
  const rows = await db.$queryRaw<{ now: Date }[]>`
    INSERT INTO buckets (key, fails, orphans, window_start, updated_at) VALUES ('readyz', 0, 0, now(), now())
    ON CONFLICT (key) DO UPDATE SET updated_at = now() RETURNING clock_timestamp() AS now`;
  const [row] = rows;
  if (row === undefined) throw new Error("This should not happen: a write that returns no row");
  return row.now;
}

const rules: readonly (readonly [string, WaitingRule | WindowRule])[] = Object.entries(throttleRules).map(
  ([name, rule]) => [storedName(name), rule],
);

const windows = rules.flatMap(([name, rule]) =>
  rule.kind === "window" && rule.of === undefined ? [{ name, seconds: inSeconds(rule.window) }] : [],
);

/**
 * Deletes counters that bound nothing any more, up to `limit` of each sort, and never one that bounds the guesses at an account or a factor;
 * the rules say which. A day's quiet at least. Out: how many.
 */
export async function sweepCounters(ctx: RawCtx, limit: number): Promise<number> {
  const over = await sweepWindows(ctx, limit);
  const ofDevices = await sweepDeviceCounters(ctx, limit);
  return over + ofDevices + (await sweepUnknownNames(ctx, limit));
}

const quiet = (ctx: RawCtx): Date => earlier(ctx.now, policy.retention.counters);

/** Windows that are over: such a row allows what no row allows. Rule by rule, so that what stays of other rules is not read. */
const sweepWindows = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM buckets WHERE key IN (SELECT over.key
    FROM jsonb_to_recordset(${JSON.stringify(windows)}::jsonb) AS r(name text, seconds int), LATERAL (
      SELECT b.key FROM buckets b WHERE split_part(b.key, ':', 1) = r.name
        AND b.updated_at < LEAST(${quiet(ctx)}::timestamptz, ${ctx.now}::timestamptz - make_interval(secs => r.seconds))
      LIMIT ${limit}::int FOR UPDATE SKIP LOCKED) AS over LIMIT ${limit}::int)`;

const deviceRules = rules.flatMap(([name, rule]) => (rule.kind === "window" && rule.of === "device" ? [name] : []));

/** Counters of devices that are known no longer: their ids end the keys, and never come back. One that a session of such a device still consumes from stays. */
const sweepDeviceCounters = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM buckets WHERE key IN (SELECT b.key FROM buckets b
    WHERE b.updated_at < ${quiet(ctx)} AND split_part(b.key, ':', 1) = ANY(${deviceRules}::text[])
      AND NOT EXISTS (SELECT FROM devices d WHERE d.id = substring(b.key FROM '[^:]+$') AND d.expires_at > ${ctx.now})
      AND NOT EXISTS (SELECT FROM sessions s WHERE s.device_id = substring(b.key FROM '[^:]+$') AND s.expires_at > ${ctx.now})
    LIMIT ${limit}::int FOR UPDATE OF b SKIP LOCKED)`;

const ofUnknownNames = rules.flatMap(([name, rule]) =>
  rule.kind === "waiting" && rule.swept !== null && rule.decay !== null
    ? [{ name, prefix: `${name}:${unknownSubject("")}`, decay: inSeconds(rule.decay) }]
    : [],
);

const namesOfUnknown = ofUnknownNames.map(({ name }) => name);

/** Counters of names that nobody has, when all their failures are forgotten. The rules' names are said once more, for the planner. */
const sweepUnknownNames = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM buckets WHERE key IN (SELECT b.key FROM buckets b
    JOIN jsonb_to_recordset(${JSON.stringify(ofUnknownNames)}::jsonb) AS r(prefix text, decay int) ON starts_with(b.key, r.prefix)
    WHERE split_part(b.key, ':', 1) = ANY(${namesOfUnknown}::text[])
      AND b.updated_at < ${quiet(ctx)} AND b.updated_at < ${ctx.now}::timestamptz - make_interval(secs => b.fails * r.decay)
    LIMIT ${limit}::int FOR UPDATE OF b SKIP LOCKED)`;
