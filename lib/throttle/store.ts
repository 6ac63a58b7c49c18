import { type Ctx, lastly, type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { earlier, inSeconds, later, seconds } from "@/lib/kernel/duration";
import {
  type ClosedTo,
  type ThrottleRuleName,
  throttleRules,
  type WaitingRule,
  type WindowRule,
  waitsInSeconds,
} from "@/lib/policy/throttle-rules";

export type BucketState = {
  readonly fails: number;
  readonly orphans: number;
  readonly blockedUntil: Date | null;
  readonly windowStart: Date;
};

/** A try that was consumed; `closes` when it was the last one that its cap allows. */
export type Consumed = { readonly closes: ClosedTo | null };

const noCap = 2_147_483_647;

type Part = Prisma.Sql;

/** A part counts once for each row that `from` has; by itself it counts once. */
const always: Part = Prisma.sql`(VALUES (1)) AS once`;

/** Consumes one try of a waiting bucket, unless it is blocked or capped. Null: refused, nothing consumed. */
export async function consumeWaitingTry(ctx: RawCtx, key: string, rule: WaitingRule): Promise<Consumed | null> {
  const rows = await sql(ctx).$queryRaw<Consumed[]>`${waitingTry(ctx, key, rule)}`;
  return rows[0] ?? null;
}

/**
 * One try in a waiting bucket as one statement, so that bursts queue. It gives a row when it counted, none when the bucket is blocked or capped.
 * A try whose instant lies before the last one's (a queue, another portal's clock) forgets nothing and counts once. A wait that ends
 * later than any rule could have set it was set while the clock was wrong, and holds nobody.
 */
export function waitingTry(ctx: RawCtx, key: string, rule: WaitingRule, from = always): Part {
  const decay = rule.decay === null ? noCap : inSeconds(rule.decay);
  const longest = rule.waits.at(-1) ?? seconds(0);
  const unreal = later(later(ctx.now, longest), longest);
  const [consecutive, orphaned] = [rule.consecutiveCap ?? noCap, rule.orphanCap ?? noCap];
  return Prisma.sql`
    INSERT INTO buckets AS b (key, fails, orphans, window_start, updated_at)
    SELECT ${key}, 1, 1, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz FROM ${from}
    ON CONFLICT (key) DO UPDATE SET orphans = b.orphans + 1, updated_at = ${ctx.now},
      fails = GREATEST(b.fails - floor(GREATEST(extract(epoch FROM ${ctx.now}::timestamptz - b.updated_at), 0) / ${decay}::int)::int, 0) + 1,
      blocked_until = ${ctx.now}::timestamptz + make_interval(secs => (${waitsInSeconds(rule)}::int[])[LEAST(
        GREATEST(b.fails - floor(GREATEST(extract(epoch FROM ${ctx.now}::timestamptz - b.updated_at), 0) / ${decay}::int)::int, 0) + 1 - ${rule.free}::int,
        ${rule.waits.length}::int)])
    WHERE (b.blocked_until IS NULL OR b.blocked_until <= ${ctx.now} OR b.blocked_until > ${unreal})
      AND b.fails < ${consecutive}::int AND b.orphans < ${orphaned}::int
    RETURNING b.key, CASE WHEN b.fails >= ${consecutive}::int OR b.orphans >= ${orphaned}::int THEN 'strangers' END AS closes`;
}

/**
 * Consumes one try of each window. Out: the keys of those that had room; of the others nothing was consumed.
 * A window that begins more than its own length from now was opened while the clock was wrong: it is over like an old one.
 */
export async function consumeWindowTries(
  ctx: RawCtx,
  tries: readonly { readonly key: string; readonly rule: WindowRule }[],
): Promise<string[]> {
  const counted = await Promise.all(
    tries.map(({ key, rule }) => sql(ctx).$queryRaw<{ key: string }[]>`${windowTry(ctx, key, rule)}`),
  );
  return counted.flat().map((row) => row.key);
}

/** What each window has counted in its present time, in the order asked; null: nothing yet. */
export async function findWindows(
  ctx: RawCtx,
  windows: readonly { readonly key: string; readonly rule: WindowRule }[],
): Promise<readonly (ConsumedInWindow | null)[]> {
  const keys = windows.map(({ key }) => key);
  const rows = await sql(ctx).$queryRaw<ConsumedInWindow[]>`
    SELECT key, fails AS count, window_start AS "windowStart" FROM buckets WHERE key = ANY(${keys}::text[])`;
  return windows.map(({ key, rule }) => {
    const row = rows.find((one) => one.key === key);
    return row && row.windowStart > earlier(ctx.now, rule.window) ? row : null;
  });
}

/** One try in a window as one statement: it gives a row when there was room. A new window begins without the note of a refusal. */
export function windowTry(ctx: RawCtx, key: string, rule: WindowRule, from = always): Part {
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

/** A try of a window that was consumed: how many tries it has now, and when it began. */
export type ConsumedInWindow = { readonly key: string; readonly count: number; readonly windowStart: Date };

/** Consumes one try of one window. Null: it is full, nothing was consumed. */
export async function consumeWindowTry(ctx: RawCtx, key: string, rule: WindowRule): Promise<ConsumedInWindow | null> {
  const rows = await sql(ctx).$queryRaw<ConsumedInWindow[]>`${windowTry(ctx, key, rule)}`;
  return rows[0] ?? null;
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
export function addressRefund(ctx: RawCtx, userId: string, consumed: readonly ConsumedInWindow[], opened: Part): Part {
  const refund = windowTry(ctx, bucketKey("login.given_back", userId), throttleRules["login.given_back"], opened);
  const backs = consumed.map(
    ({ key, windowStart }, place) => Prisma.sql`back${Prisma.raw(String(place))} AS (
      UPDATE buckets b SET fails = GREATEST(b.fails - 1, 0) FROM refund, (SELECT count(*) FROM ${before(place)}) AS before
      WHERE b.key = ${key} AND b.window_start = ${windowStart}::timestamptz RETURNING 1)`,
  );
  return Prisma.join([Prisma.sql`refund AS (${refund})`, ...backs]);
}

const before = (place: number): Part => Prisma.raw(place === 0 ? "refund" : `back${place - 1}`);

/** Refunds one try of a window, and leaves the note that it was found full. */
export async function refundWindowTry(ctx: RawCtx, key: string): Promise<void> {
  await sql(ctx).$executeRaw`UPDATE buckets SET fails = GREATEST(fails - 1, 0) WHERE key = ${key}`;
}

/** Notes that a window was found full. True for the first caller of each window, however many are refused. */
export async function claimFirstRefusal(ctx: RawCtx, key: string): Promise<boolean> {
  const noted = await sql(ctx).$executeRaw`
    UPDATE buckets SET refusal_noted = true WHERE key = ${key} AND NOT refusal_noted`;
  return noted === 1;
}

type Caps = {
  /** Tries, whoever made them. */
  readonly everybody: number;
  /** How many of these shut strangers out. */
  readonly strangers: number | null;
};

/** One try towards the cap of a binding, whatever the bucket's own wait: it gives a row while the cap is not reached. */
export function cappedTry(ctx: RawCtx, key: string, caps: Caps, from: Part): Part {
  return Prisma.sql`
    INSERT INTO buckets AS b (key, fails, orphans, window_start, updated_at)
    SELECT ${key}, 0, 1, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz FROM ${from}
    ON CONFLICT (key) DO UPDATE SET orphans = b.orphans + 1, updated_at = ${ctx.now} WHERE b.orphans < ${caps.everybody}::int
    RETURNING b.key, CASE b.orphans WHEN ${caps.everybody}::int THEN 'everybody' WHEN ${caps.strangers ?? noCap}::int THEN 'strangers' END AS closes`;
}

/** One write that changes nothing, in the place of one that a name which nobody has needs not (ASVS 5.0, 6.3.8). */
export async function writeNothingNew(ctx: RawCtx, key: string): Promise<void> {
  await sql(ctx).$executeRaw`UPDATE buckets SET fails = fails WHERE key = ${key}`;
}

/**
 * A wrong password of an account is also counted in the account's row, where the last one that strangers are allowed closes it. This takes
 * the place of that write for the counter of a name that nobody has, so that the time of no answer tells: it changes nothing, nothing may pass,
 * and at the same number of tries it closes too.
 */
export async function consumeUnknownTry(ctx: RawCtx, key: string, cap: number): Promise<ClosedTo | null> {
  const rows = await sql(ctx).$queryRaw<{ closes: ClosedTo | null }[]>`
    UPDATE buckets SET fails = fails WHERE key = ${key} RETURNING CASE orphans WHEN ${cap}::int THEN 'strangers' END AS closes`;
  return rows[0]?.closes ?? null;
}

export function findBucket(ctx: Ctx, key: string): Promise<BucketState | null> {
  return ctx.db.bucket.findUnique({
    where: { key },
    select: { fails: true, orphans: true, blockedUntil: true, windowStart: true },
  });
}

/** Refunds one try that counted towards the cap of a binding only. */
export async function refundCappedTry(ctx: RawCtx, key: string): Promise<void> {
  await sql(ctx).$executeRaw`UPDATE buckets SET orphans = GREATEST(orphans - 1, 0) WHERE key = ${key}`;
}

/** Refunds one try: our own fault, or a right code that was merely used before. */
export async function refundTry(ctx: RawCtx, key: string): Promise<void> {
  await sql(ctx).$executeRaw`
    UPDATE buckets SET fails = GREATEST(fails - 1, 0), orphans = GREATEST(orphans - 1, 0), blocked_until = NULL WHERE key = ${key}`;
}

/** Success: nothing failed since; the `orphans` that this same challenge had consumed vanish, an attacker's stay. */
export async function resetFailures(ctx: RawCtx, key: string, orphans: number | "all"): Promise<void> {
  const vanish = orphans === "all" ? noCap : orphans;
  await lastly(
    ctx,
    () => Prisma.sql`
      UPDATE buckets SET fails = 0, blocked_until = NULL, orphans = GREATEST(orphans - ${vanish}::int, 0) WHERE key = ${key}`,
  );
}

/** A success with another kind: this challenge's own tries vanish, a wait that they set stays. */
export async function resetOwnFailures(
  ctx: RawCtx,
  key: string,
  own: { readonly fails: number; readonly orphans: number },
): Promise<void> {
  await lastly(
    ctx,
    () => Prisma.sql`
      UPDATE buckets SET fails = GREATEST(fails - ${own.fails}::int, 0), orphans = GREATEST(orphans - ${own.orphans}::int, 0) WHERE key = ${key}`,
  );
}

export async function deleteBucket(ctx: RawCtx, key: string): Promise<void> {
  await lastly(ctx, () => Prisma.sql`DELETE FROM buckets WHERE key = ${key}`);
}

type Binding = { readonly rule: ThrottleRuleName; readonly userId: string; readonly kind: string };

/** Deletes a kind's bucket when everything of the kind that is active now was bound after the last counted failure. */
export async function deleteBucketIfAllBoundAnew(ctx: RawCtx, { rule, userId, kind }: Binding): Promise<void> {
  await sql(ctx).$executeRaw`
    DELETE FROM buckets b WHERE b.key = ${bucketKey(rule, userId)} AND NOT EXISTS (
      SELECT 1 FROM factors f WHERE f.user_id = ${userId} AND f.kind = ${kind} AND f.state = 'ACTIVE' AND f.confirmed_at <= b.updated_at)`;
}

/** The name of a bucket: which rule, whose. */
export const bucketKey = (rule: ThrottleRuleName, subject: string): string => `${rule}:${subject}`;

/** Whose the counter of a name is that nobody has; `mark`: an HMAC of the name. */
export const unknownSubject = (mark: string): string => `unknown:${mark}`;
