import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { inSeconds, later, seconds } from "@/lib/kernel/duration";
import { type ClosedTo, type WaitingRule, waitsInSeconds } from "@/lib/policy/throttle-rules";
import { once } from "@/lib/throttle/bucket";

/* Counters with waits (backoff), and the cap of a binding (lockout): strangers' tries at an account. */

/** A try that was consumed; `closes` when it was the last one that its cap allows. */
export type Consumed = { readonly closes: ClosedTo | null };

const noCap = 2_147_483_647;

/** Consumes one try of a waiting bucket, unless it is blocked or capped. Null: refused, nothing consumed. */
export async function consumeWaitingTry(ctx: RawCtx, key: string, rule: WaitingRule): Promise<Consumed | null> {
  const rows = await sql(ctx).$queryRaw<Consumed[]>`${waitingTry(ctx, key, rule)}`;
  return rows[0] ?? null;
}

/**
 * One try in a waiting bucket as one statement, so that bursts queue. It gives a row when it counted, none when the bucket is blocked or capped.
 * A try whose instant lies before the last one's (a queue, another portal's clock) forgets nothing and counts once. A wait that ends
 * later than any rule could have set it was set while the clock was wrong, and holds nobody. The wait that it begins has no note of a refusal yet.
 */
export function waitingTry(ctx: RawCtx, key: string, rule: WaitingRule, from = once): Prisma.Sql {
  const decay = rule.decay === null ? noCap : inSeconds(rule.decay);
  const longest = rule.waits.at(-1) ?? seconds(0);
  const unreal = later(later(ctx.now, longest), longest);
  const [consecutive, orphaned] = [rule.consecutiveCap ?? noCap, rule.orphanCap ?? noCap];
  return Prisma.sql`
    INSERT INTO buckets AS b (key, fails, orphans, window_start, updated_at)
    SELECT ${key}, 1, 1, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz FROM ${from}
    ON CONFLICT (key) DO UPDATE SET orphans = b.orphans + 1, updated_at = ${ctx.now}, refusal_noted = false,
      fails = GREATEST(b.fails - floor(GREATEST(extract(epoch FROM ${ctx.now}::timestamptz - b.updated_at), 0) / ${decay}::int)::int, 0) + 1,
      blocked_until = ${ctx.now}::timestamptz + make_interval(secs => (${waitsInSeconds(rule)}::int[])[LEAST(
        GREATEST(b.fails - floor(GREATEST(extract(epoch FROM ${ctx.now}::timestamptz - b.updated_at), 0) / ${decay}::int)::int, 0) + 1 - ${rule.free}::int,
        ${rule.waits.length}::int)])
    WHERE (b.blocked_until IS NULL OR b.blocked_until <= ${ctx.now} OR b.blocked_until > ${unreal})
      AND b.fails < ${consecutive}::int AND b.orphans < ${orphaned}::int
    RETURNING b.key, b.fails, b.orphans, CASE WHEN b.fails >= ${consecutive}::int OR b.orphans >= ${orphaned}::int THEN 'strangers' END AS closes`;
}

type Caps = {
  /** Tries, whoever made them. */
  readonly everybody: number;
  /** How many of these shut strangers out. */
  readonly strangers: number | null;
};

/** One try towards the cap of a binding, whatever the bucket's own wait: it gives a row while the cap is not reached. */
export function cappedTry(ctx: RawCtx, key: string, caps: Caps, from: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO buckets AS b (key, fails, orphans, window_start, updated_at)
    SELECT ${key}, 0, 1, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz FROM ${from}
    ON CONFLICT (key) DO UPDATE SET orphans = b.orphans + 1, updated_at = ${ctx.now} WHERE b.orphans < ${caps.everybody}::int
    RETURNING b.key, CASE b.orphans WHEN ${caps.everybody}::int THEN 'everybody' WHEN ${caps.strangers ?? noCap}::int THEN 'strangers' END AS closes`;
}

/** Refunds one try: our own fault, or a right code that was merely used before. */
export async function refundTry(ctx: RawCtx, key: string): Promise<void> {
  await sql(ctx).$executeRaw`
    UPDATE buckets SET fails = GREATEST(fails - 1, 0), orphans = GREATEST(orphans - 1, 0), blocked_until = NULL WHERE key = ${key}`;
}

/** Refunds one try that counted towards the cap of a binding only. */
export async function refundCappedTry(ctx: RawCtx, key: string): Promise<void> {
  await sql(ctx).$executeRaw`UPDATE buckets SET orphans = GREATEST(orphans - 1, 0) WHERE key = ${key}`;
}

/** What stands for the account of a name that nobody has, beside its counter: nothing counts here, it is written where an account's row is. */
const standIn = (key: string): string => `${key}:account`;

/** Holds the row that stands for an account, as the account's own is held: a part of a statement. */
export const holdStandIn = (key: string): Prisma.Sql =>
  Prisma.sql`SELECT key FROM buckets WHERE key = ${standIn(key)} FOR NO KEY UPDATE`;

/**
 * A try at a password is also counted in the account's row, where the last one that strangers are allowed closes it. This takes the place of
 * that write for a name that nobody has, so that the time of no answer tells (ASVS 5.0, 6.3.8): a part of the same statement, for each row that
 * `counted` has of the name's own counter, which it repeats. It lets nothing pass, and closes at the same number of tries.
 */
export const standInTry = (ctx: RawCtx, key: string, cap: number, counted: Prisma.Sql): Prisma.Sql => Prisma.sql`
    INSERT INTO buckets AS b (key, fails, orphans, window_start, updated_at)
    SELECT ${standIn(key)}, c.fails, c.orphans, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz FROM ${counted} AS c
    ON CONFLICT (key) DO UPDATE SET fails = EXCLUDED.fails, orphans = EXCLUDED.orphans, updated_at = EXCLUDED.updated_at
    RETURNING false AS usable, CASE b.orphans WHEN ${cap}::int THEN 'strangers' END AS closes`;
