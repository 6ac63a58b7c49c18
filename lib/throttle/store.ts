import { type Ctx, lastly, type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { type ThrottleRuleName, throttleRules } from "@/lib/policy/throttle-rules";
import { factorKinds } from "@/lib/policy/traits";
import { bucketKey, storedName } from "@/lib/throttle/bucket";

/* What holds for every counter: reading it, and what a success does to it. */

export type BucketState = {
  readonly fails: number;
  readonly orphans: number;
  readonly blockedUntil: Date | null;
  readonly windowStart: Date;
};

export function findBucket(ctx: Ctx, key: string): Promise<BucketState | null> {
  return ctx.db.bucket.findUnique({
    where: { key },
    select: { fails: true, orphans: true, blockedUntil: true, windowStart: true },
  });
}

/** Success: nothing failed since; the `orphans` that this same challenge had consumed vanish, an attacker's stay. */
export async function resetFailures(ctx: RawCtx, key: string, orphans: number | "all"): Promise<void> {
  const own = orphans === "all" ? null : orphans;
  await lastly(
    ctx,
    () => Prisma.sql`
      UPDATE buckets SET fails = 0, blocked_until = NULL, orphans = GREATEST(orphans - COALESCE(${own}::int, orphans), 0) WHERE key = ${key}`,
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

const ruleNames = [...Object.keys(throttleRules), ...factorKinds.map((kind) => `factor.${kind}`)].map(storedName);

/** The keys that counters of an account can have: of each rule its own, and those of what is counted `apart` for it, a channel or a sort of notice. */
export function keysOfAccount(userId: string, apart: readonly string[]): readonly string[] {
  const subjects = [userId, ...apart.map((one) => `${one}:${userId}`)];
  return ruleNames.flatMap((rule) => subjects.map((subject) => `${rule}:${subject}`));
}

/** Deletes every counter of an account: it is gone, and its id never comes back. By their keys, because of all counters some belong to whoever is trying names right now. */
export async function deleteCountersOf(ctx: RawCtx, userId: string, apart: readonly string[]): Promise<void> {
  await sql(ctx).$executeRaw`DELETE FROM buckets WHERE key = ANY(${[...keysOfAccount(userId, apart)]}::text[])`;
}

type Binding = { readonly rule: ThrottleRuleName; readonly userId: string; readonly kind: string };

/** Deletes a kind's bucket when everything of the kind that is active now was bound after the last counted failure. */
export async function deleteBucketIfAllBoundAnew(ctx: RawCtx, { rule, userId, kind }: Binding): Promise<void> {
  await sql(ctx).$executeRaw`
    DELETE FROM buckets b WHERE b.key = ${bucketKey(rule, userId)} AND NOT EXISTS (
      SELECT 1 FROM factors f WHERE f.user_id = ${userId} AND f.kind = ${kind} AND f.state = 'ACTIVE' AND f.confirmed_at <= b.updated_at)`;
}

/** One write that changes nothing, in the place of one that a name which nobody has needs not (ASVS 5.0, 6.3.8). */
export async function writeNothingNew(ctx: RawCtx, key: string): Promise<void> {
  await sql(ctx).$executeRaw`UPDATE buckets SET fails = fails WHERE key = ${key}`;
}
