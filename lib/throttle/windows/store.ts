import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { earlier, later } from "@/lib/kernel/duration";
import { throttleRules, type WindowRule } from "@/lib/policy/throttle-rules";
import { bucketKey, once } from "@/lib/throttle/bucket";

/* Counters of so many within a length of time. */

/** A try of a window that was consumed: how many tries it has now, and when it began. */
export type ConsumedInWindow = { readonly key: string; readonly count: number; readonly windowStart: Date };

/** Consumes one try of one window. Null: it is full, nothing was consumed. */
export async function consumeWindowTry(ctx: RawCtx, key: string, rule: WindowRule): Promise<ConsumedInWindow | null> {
  const rows = await sql(ctx).$queryRaw<ConsumedInWindow[]>`${windowTry(ctx, key, rule)}`;
  return rows[0] ?? null;
}

/** A window: how its bucket is called, and by which rule it counts. */
export type Window = { readonly key: string; readonly rule: WindowRule };

/**
 * Consumes one try of each window, as one statement and in their order, up to the first that is full. Out: those that had room; fewer than asked: the
 * next one is full, and nothing was consumed of it nor of those behind it.
 */
export function consumeWindowTries(ctx: RawCtx, windows: readonly Window[]): Promise<readonly ConsumedInWindow[]> {
  const names = windows.map((_, place) => Prisma.raw(`window${place}`));
  const parts = windows.map(
    ({ key, rule }, place) => Prisma.sql`${names[place]} AS (${windowTry(ctx, key, rule, names[place - 1])})`,
  );
  const counted = names.map((name, place) => Prisma.sql`SELECT ${place}::int AS place, * FROM ${name}`);
  return sql(ctx).$queryRaw<ConsumedInWindow[]>`
    WITH ${Prisma.join(parts)} SELECT key, count, "windowStart" FROM (${Prisma.join(counted, " UNION ALL ")}) AS counted ORDER BY place`;
}

/**
 * One try in a window as one statement: it gives a row when there was room. A new window begins without the note of a refusal. One that
 * begins more than its own length from now was opened while the clock was wrong: it is over like an old one.
 */
export function windowTry(ctx: RawCtx, key: string, rule: WindowRule, from = once): Prisma.Sql {
  const [over, unreal] = [earlier(ctx.now, rule.window), later(ctx.now, rule.window)];
  return Prisma.sql`
    INSERT INTO buckets AS b (key, fails, orphans, window_start, updated_at)
    SELECT ${key}, 1, 0, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz FROM ${from}
    ON CONFLICT (key) DO UPDATE SET updated_at = ${ctx.now},
      fails = CASE WHEN b.window_start <= ${over} OR b.window_start > ${unreal} THEN 1 ELSE b.fails + 1 END,
      refusal_noted = b.refusal_noted AND NOT (b.window_start <= ${over} OR b.window_start > ${unreal}),
      window_start = CASE WHEN b.window_start <= ${over} OR b.window_start > ${unreal} THEN ${ctx.now} ELSE b.window_start END
    WHERE b.window_start <= ${over} OR b.window_start > ${unreal} OR b.fails < ${rule.limit}::int
    RETURNING b.key, b.fails AS count, b.window_start AS "windowStart"`;
}

/** Refunds one try of a window, and leaves the note that it was found full. */
export async function refundWindowTry(ctx: RawCtx, key: string): Promise<void> {
  await sql(ctx).$executeRaw`UPDATE buckets SET fails = GREATEST(fails - 1, 0) WHERE key = ${key}`;
}

/** Refunds exactly the window that it was consumed from: one that began since is nobody's to refund. */
export async function refundInSameWindow(ctx: RawCtx, { key, windowStart }: ConsumedInWindow): Promise<void> {
  await sql(ctx)
    .$executeRaw`UPDATE buckets SET fails = GREATEST(fails - 1, 0) WHERE key = ${key} AND window_start = ${windowStart}`;
}

/**
 * Refunds what one login consumed of its address, as parts of the statement that opens its challenge (`opened` has a row when it did): one
 * try of each window, while that same window runs. For one account only so often, or whoever knows one password could keep a window open
 * for guesses at others. Each window after the one before it, always, so that nobody locks anybody out.
 */
export function addressRefund(
  ctx: RawCtx,
  userId: string,
  consumed: readonly ConsumedInWindow[],
  opened: Prisma.Sql,
): Prisma.Sql {
  const refund = windowTry(ctx, bucketKey("login.given_back", userId), throttleRules["login.given_back"], opened);
  const backs = consumed.map(
    ({ key, windowStart }, place) => Prisma.sql`back${Prisma.raw(String(place))} AS (
      UPDATE buckets b SET fails = GREATEST(b.fails - 1, 0) FROM refund, (SELECT count(*) FROM ${before(place)}) AS before
      WHERE b.key = ${key} AND b.window_start = ${windowStart}::timestamptz RETURNING 1)`,
  );
  return Prisma.join([Prisma.sql`refund AS (${refund})`, ...backs]);
}

/** The part of `addressRefund` that runs last: whoever asks for its rows has all of them run. */
export const lastRefunded = (consumed: readonly ConsumedInWindow[]): Prisma.Sql => before(consumed.length);

const before = (place: number): Prisma.Sql => Prisma.raw(place === 0 ? "refund" : `back${place - 1}`);

/** Notes that a window was found full, or a counter waiting. True for the first caller of each window and each wait, however many are refused. */
export async function claimFirstRefusal(ctx: RawCtx, key: string): Promise<boolean> {
  const noted = await sql(ctx).$executeRaw`
    UPDATE buckets SET refusal_noted = true WHERE key = ${key} AND NOT refusal_noted`;
  return noted === 1;
}

/** What each window has counted in its present time, in the order asked; null: nothing yet. */
export async function findWindows(
  ctx: RawCtx,
  windows: readonly Window[],
): Promise<readonly (ConsumedInWindow | null)[]> {
  const keys = windows.map(({ key }) => key);
  const rows = await sql(ctx).$queryRaw<ConsumedInWindow[]>`
    SELECT key, fails AS count, window_start AS "windowStart" FROM buckets WHERE key = ANY(${keys}::text[])`;
  return windows.map(({ key, rule }) => {
    const row = rows.find((one) => one.key === key);
    return row && row.windowStart > earlier(ctx.now, rule.window) ? row : null;
  });
}
