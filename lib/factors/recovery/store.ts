import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import { seal, unseal } from "@/lib/crypto/seal";
import { tellShut } from "@/lib/crypto/tell-shut";
import { Prisma } from "@/lib/db/client";
import { type HeldCodes, noCodes } from "@/lib/factors/recovery/held-codes";

export type SavedCode = {
  readonly id: string;
  readonly userId: string;
  readonly setId: string;
  readonly salt: string;
  readonly hash: string;
  readonly format: string;
  readonly position: number;
  readonly factorId: string | null;
  /** The showing that nobody has said to have saved; null: it is saved, or counts so. */
  readonly unsavedIn: string | null;
  readonly createdAt: Date;
};

/** Under what a saved code's hash is sealed; key rotation asks too. */
export const codeSealedFor = (userId: string, id: string) => ({ use: "enc:recovery", owner: [userId, id] }) as const;

/** The argon2id string of a saved code; null when its row was damaged or moved, and the operator is told. */
export function openHash({ id, userId, hash }: Pick<SavedCode, "id" | "userId" | "hash">): string | null {
  const opened = unseal(hash, codeSealedFor(userId, id));
  if (opened === null) tellShut({ column: "recovery_codes.hash", id, sealed: hash });
  return opened;
}

/** The unused codes of a person's active set. */
export function listUnused(ctx: Ctx, userId: string): Promise<SavedCode[]> {
  return ctx.db.recoveryCode.findMany({
    where: { userId, usedAt: null, activeAt: { not: null } },
    orderBy: { position: "asc" },
    select: {
      id: true,
      userId: true,
      setId: true,
      salt: true,
      hash: true,
      format: true,
      position: true,
      factorId: true,
      unsavedIn: true,
      createdAt: true,
    },
  });
}

/** How many unused codes a person's active set has: a part of a statement. */
export const unusedCodes = (userId: string | Prisma.Sql): Prisma.Sql => Prisma.sql`
  (SELECT count(*)::int FROM recovery_codes WHERE user_id = ${userId} AND used_at IS NULL AND active_at IS NOT NULL)`;

export async function countUnused(ctx: RawCtx, userId: string): Promise<number> {
  const rows = await sql(ctx).$queryRaw<{ unused: number }[]>`SELECT ${unusedCodes(userId)} AS unused`;
  return rows[0]?.unused ?? 0;
}

/** What is known of the codes of a person that still work, as a row of which there is always one: a part of a statement. */
export const heldCodes = (userId: string | Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT count(*)::int AS "left", min(created_at) AS since, count(unsaved_in)::int AS unsaved,
    max(created_at) FILTER (WHERE unsaved_in IS NOT NULL) AS "unsavedSince"
  FROM recovery_codes WHERE user_id = ${userId} AND used_at IS NULL AND active_at IS NOT NULL`;

export async function findHeldCodes(ctx: RawCtx, userId: string): Promise<HeldCodes> {
  return (await sql(ctx).$queryRaw<HeldCodes[]>`${heldCodes(userId)}`)[0] ?? noCodes;
}

/** Is any code of a person from that moment or before? All that were made by then are gone where not: another set took their place, or nothing did. */
export async function hasCodesFrom(ctx: RawCtx, userId: string, moment: Date): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ id: string }[]>`
    SELECT id FROM recovery_codes WHERE user_id = ${userId} AND active_at IS NOT NULL AND created_at <= ${moment} LIMIT 1`;
  return rows.length > 0;
}

/** Notes that what was shown together is saved: of a person's own rows, and of no other showing. Out: of how many codes nobody had said so. */
export const noteSaved = (ctx: RawCtx, userId: string, showing: string): Promise<number> =>
  sql(ctx)
    .$executeRaw`UPDATE recovery_codes SET unsaved_in = NULL WHERE user_id = ${userId} AND unsaved_in = ${showing}`;

/** Since when there are the codes that still work, but those that came with a factor; null: there are none. */
export async function findCodesSince(ctx: RawCtx, userId: string): Promise<Date | null> {
  const rows = await sql(ctx).$queryRaw<{ since: Date | null }[]>`
    SELECT min(created_at) AS since FROM recovery_codes WHERE user_id = ${userId} AND active_at IS NOT NULL AND factor_id IS NULL`;
  return rows[0]?.since ?? null;
}

/** Spends a code: true for one caller. */
export async function spendSavedCode(ctx: RawCtx, code: Pick<SavedCode, "id" | "userId">): Promise<boolean> {
  const spent = await sql(ctx).$executeRaw`
    UPDATE recovery_codes SET used_at = ${ctx.now}
    WHERE id = ${code.id} AND user_id = ${code.userId} AND used_at IS NULL AND active_at IS NOT NULL`;
  return spent === 1;
}

export type NewCode = {
  readonly setId: string;
  readonly salt: string;
  readonly phc: string;
  readonly format: string;
  readonly position: number;
  /** The factor that it came with, and goes with. */
  readonly factorId?: string | null;
  /** What a page will show it with, and then ask whether that is saved; none: nobody is asked. */
  readonly unsavedIn?: string | null;
};

/** Stores any number of codes with one statement. */
export async function insertCodes(ctx: RawCtx, userId: string, codes: readonly NewCode[]): Promise<void> {
  const rows = codes.map(({ phc, ...code }) => {
    const id = ctx.random.id();
    return { ...code, id, hash: seal(phc, codeSealedFor(userId, id)) };
  });
  await sql(ctx).$executeRaw`
    INSERT INTO recovery_codes (id, user_id, set_id, salt, hash, format, position, factor_id, unsaved_in, active_at, created_at)
    SELECT c.id, ${userId}, c."setId", c.salt, c.hash, c.format, c.position, c."factorId", c."unsavedIn", ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS c(id text, "setId" text, salt text, hash text, format text, position int, "factorId" text, "unsavedIn" text)`;
}

/**
 * Voids every code of a person, used and unused. What was handed out and waits goes with its pending factor, so that nobody confirms that
 * one and keeps a code which opens nothing. Out: how many were good for something.
 */
export async function deleteCodes(ctx: Ctx, userId: string): Promise<number> {
  await deleteHandedOut(ctx, userId);
  return (await ctx.db.recoveryCode.deleteMany({ where: { userId } })).count;
}

/** As much of a person's active set as a code must know that is to join it. */
export type ActiveSet = { readonly setId: string; readonly salt: string };

export async function findActiveSet(ctx: RawCtx, userId: string): Promise<ActiveSet | null> {
  const rows = await sql(ctx).$queryRaw<ActiveSet[]>`
    SELECT set_id AS "setId", salt FROM recovery_codes
    WHERE user_id = ${userId} AND used_at IS NULL AND active_at IS NOT NULL ORDER BY position LIMIT 1`;
  return rows[0] ?? null;
}

/** A pending factor, as far as its code goes. */
type Waiting = { readonly id: string; readonly userId: string };

/** Stores the code that is handed out with a pending factor, in the place of an earlier one; it opens nothing yet. False: that factor waits no more. */
export async function insertHandedOut(ctx: RawCtx, factor: Waiting, { phc, ...code }: NewCode): Promise<boolean> {
  const id = ctx.random.id();
  const inserted = await sql(ctx).$executeRaw`
    WITH waiting AS (SELECT id FROM factors WHERE id = ${factor.id} AND user_id = ${factor.userId} AND state = 'PENDING' AND expires_at > ${ctx.now} FOR UPDATE),
      earlier AS (DELETE FROM recovery_codes WHERE user_id = ${factor.userId} AND factor_id IN (SELECT id FROM waiting) AND active_at IS NULL)
    INSERT INTO recovery_codes (id, user_id, set_id, salt, hash, format, position, factor_id, created_at)
    SELECT ${id}, ${factor.userId}, ${code.setId}, ${code.salt}, ${seal(phc, codeSealedFor(factor.userId, id))}, ${code.format}, ${code.position}::int,
      waiting.id, ${ctx.now}::timestamptz FROM waiting`;
  return inserted === 1;
}

/** Does a code wait for the confirmation of this factor? */
export async function hasHandedOut(ctx: RawCtx, { id, userId }: Waiting): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ id: string }[]>`
    SELECT id FROM recovery_codes WHERE user_id = ${userId} AND factor_id = ${id} AND active_at IS NULL`;
  return rows.length > 0;
}

/**
 * Makes the code of a factor that was just confirmed good; out: its id. Null when there is none, or when it is not of the set that is
 * active: one try costs one derivation, so one person never has codes under two salts.
 */
export async function activateHandedOut(ctx: RawCtx, { id, userId }: Waiting): Promise<string | null> {
  const rows = await sql(ctx).$queryRaw<{ id: string }[]>`
    UPDATE recovery_codes c SET active_at = ${ctx.now} WHERE user_id = ${userId} AND factor_id = ${id} AND active_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM recovery_codes o WHERE o.user_id = c.user_id AND o.active_at IS NOT NULL AND o.used_at IS NULL
        AND (o.salt <> c.salt OR o.set_id <> c.set_id)) RETURNING id`;
  return rows[0]?.id ?? null;
}

/** Voids the codes that came with a factor, and their replacements: whoever bound it has them. Out: how many were still good. */
export async function deleteCodesOf(ctx: RawCtx, { id, userId }: Waiting): Promise<number> {
  const gone = await sql(ctx).$queryRaw<{ good: boolean }[]>`
    DELETE FROM recovery_codes WHERE user_id = ${userId} AND factor_id = ${id} RETURNING used_at IS NULL AND active_at IS NOT NULL AS good`;
  return gone.filter(({ good }) => good).length;
}

/** Voids the unused codes of a format but one. */
export async function deleteOthersOfFormat(ctx: Ctx, userId: string, kept: { id: string; format: string }) {
  const { id, format } = kept;
  const where = { userId, format, usedAt: null, activeAt: { not: null }, id: { not: id } };
  return (await ctx.db.recoveryCode.deleteMany({ where })).count;
}

/** Takes back what was handed out and not confirmed, each with its pending factor: factors first, as in every other place. */
export async function deleteHandedOut(ctx: RawCtx, userId: string): Promise<void> {
  await sql(ctx).$executeRaw`
    DELETE FROM factors WHERE user_id = ${userId} AND state = 'PENDING'
      AND id IN (SELECT factor_id FROM recovery_codes WHERE user_id = ${userId} AND active_at IS NULL)`;
  await sql(ctx).$executeRaw`DELETE FROM recovery_codes WHERE user_id = ${userId} AND active_at IS NULL`;
}

/** Deletes up to `limit` codes that were handed out with a factor which waits no more; one that was confirmed is active. Out: how many. */
export const sweepHandedOut = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM recovery_codes WHERE id IN (SELECT id FROM recovery_codes c WHERE active_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM factors f WHERE f.id = c.factor_id) LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
