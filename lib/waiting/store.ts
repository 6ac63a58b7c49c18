import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { earlier } from "@/lib/kernel/duration";
import { dropUnsent } from "@/lib/letters/drop-unsent";
import { policy } from "@/lib/policy/policy";
import type { ChangeState, VetoReason } from "@/lib/waiting/change";

/** A change that is asked for, its data sealed. */
export type NewChange = {
  readonly id: string;
  readonly userId: string;
  readonly kind: string;
  readonly data: string;
  readonly askedIn: string;
  /** The known device of that session; null: it has none. */
  readonly askedOn: string | null;
  readonly waitHours: number;
  readonly noticeIds: readonly string[];
  readonly vetoHash: string;
};

/** Stores a change that waits, in the place of the one of its kind that waits already. In a transaction that holds the account's guard row. */
export async function insertWaiting(ctx: RawCtx, change: NewChange): Promise<void> {
  await supersedeWaiting(ctx, change.userId, change.kind);
  await sql(ctx).$executeRaw`
    INSERT INTO pending_changes (id, user_id, kind, state, data, asked_in, asked_on, asked_at, ip, agent, wait_hours, notice_ids, veto_hash)
    VALUES (${change.id}, ${change.userId}, ${change.kind}, 'WAITING', ${change.data}, ${change.askedIn}, ${change.askedOn}, ${ctx.now}::timestamptz, ${ctx.visitor.ip},
      ${ctx.visitor.agent}, ${change.waitHours}::int, ${[...change.noticeIds]}::text[], ${change.vetoHash})`;
}

/** WAITING → SUPERSEDED, by another one of its kind; what has not left of the letters that said it would be done is dropped. */
export async function supersedeWaiting(ctx: RawCtx, userId: string, kind: string): Promise<void> {
  const ended = await sql(ctx).$queryRaw<Pick<EndedRow, "id">[]>`
    UPDATE pending_changes SET state = 'SUPERSEDED', ended_at = ${ctx.now}, data = NULL
    WHERE user_id = ${userId} AND kind = ${kind} AND state = 'WAITING' RETURNING id`;
  for (const { id } of ended) await dropUnsent(ctx, id);
}

/** What was done at once leaves the same row. */
export async function insertDone(
  ctx: RawCtx,
  { id, userId, kind, askedIn, askedOn, vetoHash }: Omit<NewChange, "data" | "waitHours" | "noticeIds">,
): Promise<void> {
  await sql(ctx).$executeRaw`
    INSERT INTO pending_changes (id, user_id, kind, state, asked_in, asked_on, asked_at, ip, agent, wait_hours, notice_ids, due_at, veto_hash, ended_at)
    VALUES (${id}, ${userId}, ${kind}, 'DONE', ${askedIn}, ${askedOn}, ${ctx.now}::timestamptz, ${ctx.visitor.ip}, ${ctx.visitor.agent}, 0, '{}', ${ctx.now}::timestamptz,
      ${vetoHash}, ${ctx.now}::timestamptz)`;
}

/** Which of an account's: those that one session asked for (by its id, or its beginning), those of one known device or an app's sessions, or all but one session's; all, where none is said. */
export type WhichWaiting = {
  readonly askedOn?: string;
  readonly askedIn?: string;
  readonly askedInRef?: string;
  readonly askedThrough?: string;
  readonly notAskedIn?: string;
};

/** A change that a write has just ended. */
export type EndedRow = { readonly id: string; readonly userId: string; readonly kind: string };

/** WAITING → VETOED. Out: those that ended by it. */
export function vetoWaiting(
  ctx: RawCtx,
  userId: string,
  { why, ...which }: WhichWaiting & { readonly why: VetoReason },
): Promise<EndedRow[]> {
  return sql(ctx).$queryRaw<EndedRow[]>`
    UPDATE pending_changes p SET ${vetoed(ctx, why)} WHERE p.user_id = ${userId} AND p.state = 'WAITING' ${among(which)}
    RETURNING p.id, p.user_id AS "userId", p.kind`;
}

function among({ askedIn, askedInRef, askedOn, askedThrough, notAskedIn }: WhichWaiting): Prisma.Sql {
  if (askedOn !== undefined) return Prisma.sql`AND p.asked_on = ${askedOn}`;
  if (askedIn !== undefined) return Prisma.sql`AND p.asked_in = ${askedIn}`;
  if (askedInRef !== undefined) return Prisma.sql`AND left(p.asked_in, 8) = ${askedInRef}`;
  if (notAskedIn !== undefined) return Prisma.sql`AND p.asked_in <> ${notAskedIn}`;
  if (askedThrough === undefined) return Prisma.empty;
  return Prisma.sql`AND p.asked_in IN (SELECT s.id FROM sessions s WHERE s.user_id = p.user_id AND s.client_id = ${askedThrough})`;
}

/** WAITING → VETOED, of one: by its id, for its owner or (null) for an operator. Null for all callers but one. */
export async function vetoOne(
  ctx: RawCtx,
  { id, userId, why }: { readonly id: string; readonly userId: string | null; readonly why: VetoReason },
): Promise<EndedRow | null> {
  const rows = await sql(ctx).$queryRaw<EndedRow[]>`
    UPDATE pending_changes SET ${vetoed(ctx, why)} WHERE id = ${id} AND (${userId}::text IS NULL OR user_id = ${userId}) AND state = 'WAITING'
    RETURNING id, user_id AS "userId", kind`;
  return rows[0] ?? null;
}

/** WAITING → VETOED, of the one behind a link. Null for all callers but one. */
export async function vetoByHash(ctx: RawCtx, hash: string): Promise<EndedRow | null> {
  const rows = await sql(ctx).$queryRaw<EndedRow[]>`
    UPDATE pending_changes SET ${vetoed(ctx, "by_link")} WHERE veto_hash = ${hash} AND state = 'WAITING'
    RETURNING id, user_id AS "userId", kind`;
  return rows[0] ?? null;
}

const vetoed = (ctx: RawCtx, why: VetoReason) =>
  Prisma.sql`state = 'VETOED', why = ${why}, ended_at = ${ctx.now}, data = NULL`;

/** A change as it is shown: everything but its data and its token. */
export type ChangeRow = {
  readonly id: string;
  readonly userId: string;
  readonly kind: string;
  readonly state: ChangeState;
  readonly askedIn: string;
  readonly askedAt: Date;
  readonly ip: string;
  readonly agent: string;
  readonly waitHours: number;
  readonly dueAt: Date | null;
  readonly endedAt: Date | null;
  readonly why: string | null;
};

/** The same with what it will do, still sealed; null once it is over. */
export type SealedChange = ChangeRow & { readonly data: string | null };

const columns = Prisma.sql`
  p.id, p.user_id AS "userId", p.kind, p.state, p.asked_in AS "askedIn", p.asked_at AS "askedAt", p.ip, p.agent, p.wait_hours AS "waitHours",
  p.due_at AS "dueAt", p.ended_at AS "endedAt", p.why`;

/** What waits for an account, the oldest first. */
export function listWaitingOf(ctx: RawCtx, userId: string): Promise<SealedChange[]> {
  return sql(ctx).$queryRaw<SealedChange[]>`
    SELECT ${columns}, p.data FROM pending_changes p WHERE p.user_id = ${userId} AND p.state = 'WAITING' ORDER BY p.asked_at, p.id`;
}

/** The one of a kind that waits, its data still sealed; null when none does. */
export async function findWaiting(ctx: RawCtx, userId: string, kind: string): Promise<SealedChange | null> {
  const rows = await sql(ctx).$queryRaw<SealedChange[]>`
    SELECT ${columns}, p.data FROM pending_changes p WHERE p.user_id = ${userId} AND p.kind = ${kind} AND p.state = 'WAITING'`;
  return rows[0] ?? null;
}

/** Does anything wait for the account of a row? A part of a statement: a column of whoever reads the session anyway. */
export const hasWaiting = (userId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT FROM pending_changes p WHERE p.user_id = ${userId} AND p.state = 'WAITING')`;

/** Everything that waits on this portal, what is due first. */
export function listAllWaiting(ctx: RawCtx, limit: number): Promise<(ChangeRow & { readonly email: string })[]> {
  return sql(ctx).$queryRaw<(ChangeRow & { readonly email: string })[]>`
    SELECT ${columns}, u.email FROM pending_changes p JOIN users u ON u.id = p.user_id WHERE p.state = 'WAITING'
    ORDER BY p.due_at NULLS LAST, p.asked_at, p.id LIMIT ${limit}::int`;
}

/** One change, in whatever state; null when there is none. */
export async function findChange(ctx: RawCtx, id: string): Promise<(ChangeRow & { readonly email: string }) | null> {
  const rows = await sql(ctx).$queryRaw<(ChangeRow & { readonly email: string })[]>`
    SELECT ${columns}, u.email FROM pending_changes p JOIN users u ON u.id = p.user_id WHERE p.id = ${id}`;
  return rows[0] ?? null;
}

/** The same behind a link's hash, with its sealed data. Reading it spends nothing. */
export async function findChangeByHash(
  ctx: RawCtx,
  hash: string,
): Promise<(SealedChange & { readonly email: string }) | null> {
  const rows = await sql(ctx).$queryRaw<(SealedChange & { readonly email: string })[]>`
    SELECT ${columns}, p.data, u.email FROM pending_changes p JOIN users u ON u.id = p.user_id WHERE p.veto_hash = ${hash}`;
  return rows[0] ?? null;
}

/** The last one of a kind that was done since `since`, in whatever way; null when there is none. */
export async function findDone(
  ctx: RawCtx,
  userId: string,
  { kind, since }: { readonly kind: string; readonly since: Date },
): Promise<ChangeRow | null> {
  const rows = await sql(ctx).$queryRaw<ChangeRow[]>`
    SELECT ${columns} FROM pending_changes p
    WHERE p.user_id = ${userId} AND p.kind = ${kind} AND p.state = 'DONE' AND p.ended_at > ${since} ORDER BY p.ended_at DESC LIMIT 1`;
  return rows[0] ?? null;
}

/** The wait of a change begins to count at `at`. True for one caller. */
export async function beginWait(
  ctx: RawCtx,
  id: string,
  { at, hours }: { readonly at: Date; readonly hours: number },
): Promise<boolean> {
  const begun = await sql(ctx).$executeRaw`
    UPDATE pending_changes SET told_at = ${at}::timestamptz, due_at = ${at}::timestamptz + make_interval(hours => ${hours}::int), wait_hours = ${hours}::int
    WHERE id = ${id} AND state = 'WAITING' AND due_at IS NULL`;
  return begun === 1;
}

/** A change that is due: whose, so that its account is held before it. */
export type DueListed = EndedRow & { readonly dueAt: Date };

type DueListing = {
  readonly at: Date;
  /** Those that can be done here. */
  readonly kinds: readonly string[];
  /** The last one that was read; null: none. */
  readonly after: Pick<DueListed, "dueAt" | "id"> | null;
  readonly limit: number;
};

/** What is due at `at`, the first first. */
export function listDue(ctx: RawCtx, { at, kinds, after, limit }: DueListing): Promise<DueListed[]> {
  const behind = after ? Prisma.sql`AND (due_at, id) > (${after.dueAt}::timestamptz, ${after.id})` : Prisma.empty;
  return sql(ctx).$queryRaw<DueListed[]>`
    SELECT id, user_id AS "userId", kind, due_at AS "dueAt" FROM pending_changes
    WHERE state = 'WAITING' AND due_at <= ${at} AND kind = ANY(${[...kinds]}::text[]) ${behind} ORDER BY due_at, id LIMIT ${limit}::int`;
}

/** How many changes were due at `at` and have not been done. */
export async function countDue(ctx: RawCtx, at: Date): Promise<number> {
  const [row] = await sql(ctx).$queryRaw<{ due: number }[]>`
    SELECT count(*)::int AS due FROM pending_changes WHERE state = 'WAITING' AND due_at <= ${at}`;
  return row?.due ?? 0;
}

/** A change that is being done: its data still sealed. */
export type DueRow = EndedRow & {
  readonly data: string | null;
  readonly askedAt: Date;
  readonly ip: string;
  readonly agent: string;
};

/** WAITING → DONE, of one that is due at `at`. Null for all callers but one, and while somebody else holds it. */
export async function claimDue(ctx: RawCtx, id: string, at: Date): Promise<DueRow | null> {
  const rows = await sql(ctx).$queryRaw<DueRow[]>`
    UPDATE pending_changes p SET state = 'DONE', ended_at = ${at}, data = NULL
    FROM (SELECT id, data FROM pending_changes WHERE id = ${id} AND state = 'WAITING' AND due_at <= ${at} FOR UPDATE SKIP LOCKED) AS due
    WHERE p.id = due.id RETURNING p.id, p.user_id AS "userId", p.kind, due.data, p.asked_at AS "askedAt", p.ip, p.agent`;
  return rows[0] ?? null;
}

/** WAITING → REFUSED, of one that is due at `at` and not possible any more. True for one caller. */
export async function refuseDue(
  ctx: RawCtx,
  id: string,
  { at, why }: { readonly at: Date; readonly why: string },
): Promise<boolean> {
  const refused = await sql(ctx).$executeRaw`
    UPDATE pending_changes SET state = 'REFUSED', why = ${why}, ended_at = ${at}, data = NULL
    WHERE id = ${id} AND state = 'WAITING' AND due_at <= ${at}`;
  return refused === 1;
}

/** Deletes up to `limit` changes that are over for longer than they are kept, but those that somebody holds. Out: how many. */
export const sweepChanges = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM pending_changes WHERE id IN (SELECT id FROM pending_changes WHERE ended_at < ${earlier(ctx.now, policy.retention.endedChanges)}
    LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
