import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import { secretSealedFor } from "@/lib/crypto/factor-secret";
import { seal } from "@/lib/crypto/seal";
import { Prisma } from "@/lib/db/client";
import type { Factor } from "@/lib/factors/factor";
import { unusedCodes } from "@/lib/factors/recovery/store";
import type { Begun } from "@/lib/factors/strategy";
import { later } from "@/lib/kernel/duration";
import { addressKinds } from "@/lib/policy/kinds";
import { policy } from "@/lib/policy/policy";
import type { Held } from "@/lib/policy/second-factor";
import { type BoundKind, fallback, firstDoor } from "@/lib/policy/traits";
import { keyOfKind } from "@/lib/throttle/for-others/store";
import { answerableKind, askableKind, isUnaskedRow } from "@/lib/users/askable-kind";

const fields = {
  id: true,
  userId: true,
  kind: true,
  label: true,
  secret: true,
  handle: true,
  data: true,
  lastStep: true,
  lastUsedAt: true,
  confirmedAt: true,
  createdAt: true,
  expiresAt: true,
  replacesId: true,
} as const;

/** Active factors of one kind, oldest first. */
export function listActiveOfKind(ctx: RawCtx, userId: string, kind: BoundKind): Promise<Factor[]> {
  return sql(ctx).$queryRaw<Factor[]>`
    SELECT id, user_id AS "userId", kind, label, secret, handle, data, last_step AS "lastStep", last_used_at AS "lastUsedAt", confirmed_at AS "confirmedAt",
           created_at AS "createdAt", expires_at AS "expiresAt", replaces_id AS "replacesId"
    FROM factors WHERE user_id = ${userId} AND kind = ${kind} AND state = 'ACTIVE' ORDER BY created_at`;
}

/** All that a factor is, of a row `f`: a part of a statement. */
export const factorColumns = Prisma.sql`
  f.id, f.user_id AS "userId", f.kind, f.label, f.secret, f.handle, f.data, f.last_step AS "lastStep", f.last_used_at AS "lastUsedAt",
  f.confirmed_at AS "confirmedAt", f.created_at AS "createdAt", f.expires_at AS "expiresAt", f.replaces_id AS "replacesId"`;

/** Active factors of every kind, oldest first. */
export function listActive(ctx: RawCtx, userId: string): Promise<Factor[]> {
  return sql(ctx).$queryRaw<Factor[]>`
    SELECT ${factorColumns} FROM factors f WHERE f.user_id = ${userId} AND f.state = 'ACTIVE' ORDER BY f.created_at`;
}

export async function countActive(ctx: RawCtx, userId: string): Promise<number> {
  const rows = await sql(ctx).$queryRaw<{ active: number }[]>`
    SELECT count(*)::int AS active FROM factors WHERE user_id = ${userId} AND state = 'ACTIVE'`;
  return rows[0]?.active ?? 0;
}

/** Active factors counted by kind; what nobody can be asked for apart, see `askableKind`. */
export async function countActiveByKind(ctx: RawCtx, userId: string): Promise<Held> {
  const rows = await sql(ctx).$queryRaw<{ kind: string; active: number }[]>`
    SELECT ${askableKind()} AS kind, count(*)::int AS active FROM factors f WHERE f.user_id = ${userId} AND f.state = 'ACTIVE' GROUP BY 1`;
  return Object.fromEntries(rows.map(({ kind, active }) => [kind, active]));
}

/** One kind of an account as the rows tell it: how many are active, how many could answer, the last use, and the wrong answers that it was given. */
export type HeldRow = {
  readonly kind: string;
  readonly active: number;
  readonly answering: number;
  /** Of these, how many can answer at a login alone. */
  readonly unasked: number;
  readonly lastUsedAt: Date | null;
  readonly fails: number;
  readonly orphans: number;
};

/**
 * The kinds that an account holds, as a part of a statement: recovery codes too, which never count as active, and the password, which has
 * no rows.
 */
const heldRows = (userId: string | Prisma.Sql): Prisma.Sql => Prisma.sql`
    SELECT held.kind, held.active, held.answering, held.unasked, held.last_used_at AS "lastUsedAt", COALESCE(b.fails, 0) AS fails, COALESCE(b.orphans, 0) AS orphans
    FROM (SELECT ${answerableKind()} AS kind, count(*)::int AS active, count(*)::int AS answering, count(*) FILTER (WHERE ${isUnaskedRow})::int AS unasked, max(f.last_used_at) AS last_used_at
            FROM factors f WHERE f.user_id = ${userId} AND f.state = 'ACTIVE' GROUP BY 1
          UNION ALL SELECT ${fallback}, 0, ${unusedCodes(userId)}, 0, NULL
          UNION ALL SELECT ${firstDoor}, 0, 0, 0, NULL) AS held
    LEFT JOIN buckets b ON b.key = ${keyOfKind(Prisma.sql`held.kind`, userId)}`;

export const listHeld = (ctx: RawCtx, userId: string): Promise<HeldRow[]> =>
  sql(ctx).$queryRaw<HeldRow[]>`${heldRows(userId)}`;

/** The same as one column beside an account's: moments are texts there, see `readHeld`. Of no account there is nothing held. */
export const heldBeside = (userId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(SELECT json_agg(held) FROM (${heldRows(userId)}) AS held)`;

export type HeldBeside = readonly (Omit<HeldRow, "lastUsedAt"> & { readonly lastUsedAt: string | null })[];

export const readHeld = (held: HeldBeside): HeldRow[] =>
  held.map((row) => ({ ...row, lastUsedAt: row.lastUsedAt === null ? null : new Date(row.lastUsedAt) }));

export function findActive(ctx: Ctx, userId: string, id: string): Promise<Factor | null> {
  return ctx.db.factor.findFirst({ where: { id, userId, state: "ACTIVE" }, select: fields });
}

/** Is this address one of the account's own active factors already? */
export async function holdsHandle(ctx: Ctx, userId: string, kind: BoundKind, handle: string): Promise<boolean> {
  return (await ctx.db.factor.count({ where: { userId, kind, handle, state: "ACTIVE" } })) > 0;
}

/** Whose enrolment: a person's, begun in one session or one login. Another of theirs, perhaps a thief's, can neither see nor replace nor confirm it. */
export type PendingOwner = { readonly userId: string; readonly begunIn: string | null };

/** The one enrolment of a kind that waits for its confirmation: the newest wins. */
export function findPending(ctx: Ctx, { userId, begunIn }: PendingOwner, kind: BoundKind): Promise<Factor | null> {
  return ctx.db.factor.findFirst({
    where: { userId, begunIn, kind, state: "PENDING", expiresAt: { gt: ctx.now } },
    orderBy: { createdAt: "desc" },
    select: fields,
  });
}

/** How many confirmations of a pending factor may still be tried; null: it waits no more. */
export async function findTriesLeft(ctx: Ctx, id: string): Promise<number | null> {
  const found = await ctx.db.factor.findUnique({ where: { id, state: "PENDING" }, select: { triesLeft: true } });
  return found?.triesLeft ?? null;
}

/** Drops what waits (`id`: only that one), each with the recovery code that was handed out with it. Out: how many factors. */
export async function deletePending(
  ctx: RawCtx,
  { userId, begunIn, id = null }: PendingOwner & { readonly id?: string | null },
  kind: BoundKind,
): Promise<number> {
  const rows = await sql(ctx).$queryRaw<{ dropped: number }[]>`
    WITH gone AS (DELETE FROM factors WHERE user_id = ${userId} AND begun_in IS NOT DISTINCT FROM ${begunIn} AND kind = ${kind} AND state = 'PENDING'
        AND (${id}::text IS NULL OR id = ${id}::text) RETURNING id),
      codes AS (DELETE FROM recovery_codes WHERE user_id = ${userId} AND factor_id IN (SELECT id FROM gone) AND active_at IS NULL)
    SELECT count(*)::int AS dropped FROM gone`;
  return rows[0]?.dropped ?? 0;
}

type NewPending = PendingOwner & {
  readonly id: string;
  readonly kind: BoundKind;
  readonly label: string;
  readonly secret: string | null;
  readonly handle?: string | undefined;
  readonly data?: Begun["data"] | undefined;
  readonly replacesId: string | null;
};

export async function insertPending(ctx: Ctx, pending: NewPending): Promise<void> {
  const { id, userId, begunIn, kind, label, replacesId } = pending;
  await ctx.db.factor.create({
    data: {
      id,
      userId,
      begunIn,
      kind,
      label,
      replacesId,
      state: "PENDING",
      createdAt: ctx.now,
      secret: pending.secret === null ? null : seal(pending.secret, secretSealedFor(userId, id)),
      ...(pending.handle === undefined ? {} : { handle: pending.handle }),
      ...(pending.data === undefined ? {} : { data: pending.data }),
      triesLeft: policy.enrolment.tries,
      expiresAt: later(ctx.now, policy.enrolment.lifetime),
    },
    select: { id: true },
  });
}

/** Consumes one confirmation try of a pending factor. Out: how many are left after it; null: used up, expired or gone. */
export async function consumeConfirmationTry(ctx: Ctx, id: string, userId: string): Promise<number | null> {
  const [consumed] = await ctx.db.factor.updateManyAndReturn({
    where: { id, userId, state: "PENDING", triesLeft: { gt: 0 }, expiresAt: { gt: ctx.now } },
    data: { triesLeft: { decrement: 1 } },
    select: { triesLeft: true },
  });
  return consumed?.triesLeft ?? null;
}

/** Refunds one confirmation try of a pending factor; one that is no longer pending has none. */
export async function refundConfirmationTry(ctx: Ctx, id: string, userId: string): Promise<void> {
  await ctx.db.factor.updateMany({ where: { id, userId, state: "PENDING" }, data: { triesLeft: { increment: 1 } } });
}

/** PENDING → ACTIVE. True for one caller. */
export async function activate(ctx: Ctx, factor: Pick<Factor, "id" | "userId">, label: string): Promise<boolean> {
  const { count } = await ctx.db.factor.updateMany({
    where: { id: factor.id, userId: factor.userId, state: "PENDING", expiresAt: { gt: ctx.now } },
    data: { state: "ACTIVE", label, confirmedAt: ctx.now, expiresAt: null, replacesId: null, begunIn: null },
  });
  return count === 1;
}

/** Spends a time step: true for the one caller who has a later step than the last, so that a replay opens nothing (RFC 6238, section 5.2). */
export async function claimStep(ctx: RawCtx, factor: Pick<Factor, "id" | "userId">, step: number): Promise<boolean> {
  const claimed = await sql(ctx).$executeRaw`
    UPDATE factors SET last_step = ${step}::int, last_used_at = ${ctx.now}
    WHERE id = ${factor.id} AND user_id = ${factor.userId} AND (last_step IS NULL OR last_step < ${step}::int)`;
  return claimed === 1;
}

export async function renameActive(ctx: Ctx, userId: string, id: string, label: string): Promise<boolean> {
  return (await ctx.db.factor.updateMany({ where: { id, userId, state: "ACTIVE" }, data: { label } })).count === 1;
}

export async function deleteActive(ctx: Ctx, userId: string, id: string): Promise<boolean> {
  return (await ctx.db.factor.deleteMany({ where: { id, userId, state: "ACTIVE" } })).count === 1;
}

export async function deleteAllFactors(ctx: Ctx, userId: string): Promise<number> {
  return (await ctx.db.factor.deleteMany({ where: { userId } })).count;
}

/** A factor that is found by its address. */
export type WithHandle = Pick<Factor, "id" | "userId" | "kind" | "secret"> & { readonly handle: string };

/** The next factors with a handle that are an address, after the row `after`; pending ones too. */
export function listHandles(ctx: RawCtx, after: string, limit: number): Promise<WithHandle[]> {
  return sql(ctx).$queryRaw<WithHandle[]>`
    SELECT id, user_id AS "userId", kind, secret, handle FROM factors
    WHERE handle IS NOT NULL AND kind = ANY(${[...addressKinds]}::text[]) AND id > ${after} ORDER BY id LIMIT ${limit}::int`;
}

/** Another handle in the place of `from`; false when somebody wrote there since: theirs stays. */
export async function replaceHandle(
  ctx: RawCtx,
  { id, from, to }: { readonly id: string; readonly from: string; readonly to: string },
): Promise<boolean> {
  return (await sql(ctx).$executeRaw`UPDATE factors SET handle = ${to} WHERE id = ${id} AND handle = ${from}`) === 1;
}

/** Deletes up to `limit` factors that nobody confirmed in time, but those that somebody holds. Out: how many. */
export const sweepEnrolments = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM factors WHERE id IN (SELECT id FROM factors WHERE state = 'PENDING' AND expires_at < ${ctx.now} LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
