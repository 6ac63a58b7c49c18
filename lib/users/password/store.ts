import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { policy } from "@/lib/policy/policy";
import type { ClosedTo, Counter } from "@/lib/policy/throttle-rules";

/**
 * Sets the password and raises the security stamp, if nobody else changed the account since. True for one caller. Only the person
 * themselves chooses a password, so the language that they read is noted with it.
 */
export async function replacePassword(
  ctx: RawCtx,
  change: { readonly userId: string; readonly passwordHash: string; readonly from: number },
): Promise<boolean> {
  const replaced = await sql(ctx).$executeRaw`
    UPDATE users SET password_hash = ${change.passwordHash}, password_changed_at = ${ctx.now}, password_failures = 0, language = ${ctx.language},
      closed_password = NULL, password_closed_at = NULL, credential_version = credential_version + 1
    WHERE id = ${change.userId} AND credential_version = ${change.from}::int AND disabled_at IS NULL`;
  return replaced === 1;
}

/**
 * Whether the password of an account, a row `u`, is still the one that it had at a moment: until it is chosen anew or taken away. A part of a
 * statement, as that moment is.
 */
export const isPasswordOf = (moment: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(u.password_hash IS NOT NULL AND (u.password_changed_at IS NULL OR u.password_changed_at <= ${moment}))`;

/** An account whose password was taken away, under its new security stamp. */
export type SecuredAccount = { readonly email: string; readonly credentialVersion: number };

/**
 * Takes the password that an account had at `moment` away and raises the security stamp, on the account's guard row: it opens nothing any more. Its hash is kept apart,
 * with that moment. Null when it is not the account's password any more, or the account is disabled.
 */
export async function takePasswordAway(ctx: RawCtx, userId: string, moment: Date): Promise<SecuredAccount | null> {
  const rows = await sql(ctx).$queryRaw<SecuredAccount[]>`
    UPDATE users u SET password_hash = NULL, closed_password = u.password_hash, password_closed_at = ${moment}, password_failures = 0,
      credential_version = u.credential_version + 1, factor_epoch = u.factor_epoch + 1
    WHERE u.id = ${userId} AND u.disabled_at IS NULL AND ${isPasswordOf(Prisma.sql`${moment}::timestamptz`)}
    RETURNING u.email, u.credential_version AS "credentialVersion"`;
  return rows[0] ?? null;
}

/**
 * Drops whatever password an account has by now and raises the security stamp: it opens nothing any more, and no way back asks for it. `since`: factors that were
 * bound after that moment count as a stranger's. False: the account is disabled, or gone.
 */
export async function dropPassword(ctx: RawCtx, userId: string, since: Date): Promise<boolean> {
  const dropped = await sql(ctx).$executeRaw`
    UPDATE users SET password_hash = NULL, closed_password = NULL, password_closed_at = ${since}, password_failures = 0,
      credential_version = credential_version + 1, factor_epoch = factor_epoch + 1 WHERE id = ${userId} AND disabled_at IS NULL`;
  return dropped === 1;
}

/** The same password under today's hashing costs, unless it was changed meanwhile. */
export async function refreshPasswordHash(ctx: Ctx, userId: string, from: string, to: string): Promise<void> {
  await ctx.db.user.updateMany({ where: { id: userId, passwordHash: from }, data: { passwordHash: to } });
}

/**
 * `isUsable` false: the cap of whoever typed it is reached, the password is refused there, right or wrong. `closes`: this failure, if it stays, is the
 * one that shuts strangers out, or everybody.
 */
export type PasswordUse = { readonly isUsable: boolean; readonly closes: ClosedTo | null };

/** Holds an account's row before its counters, in the order of every success: a part of a statement. */
export const holdAccount = (userId: string): Prisma.Sql =>
  Prisma.sql`SELECT id FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;

/**
 * Consumes one of the wrong passwords in a row, whoever typed it: strangers are refused ten before the owner's known devices, which share what these
 * must leave. A part of a statement, for the one row of `from`; it gives a row unless the cap of whoever typed it is reached.
 */
export function accountTry(userId: string, by: Counter, from: Prisma.Sql): Prisma.Sql {
  const { consecutiveFailures: all, strangersFailures: strangers } = policy.password;
  return Prisma.sql`
    UPDATE users SET password_failures = password_failures + 1 FROM ${from}
    WHERE users.id = ${userId} AND password_failures < ${by === "device" ? all : strangers}::int
    RETURNING true AS usable, CASE password_failures WHEN ${all}::int THEN 'everybody' WHEN ${strangers}::int THEN 'strangers' END AS closes`;
}

/** Refunds one try: our own fault while judging. */
export async function refundAccountTry(ctx: RawCtx, userId: string): Promise<void> {
  await sql(ctx)
    .$executeRaw`UPDATE users SET password_failures = GREATEST(password_failures - 1, 0) WHERE id = ${userId}`;
}

export async function resetAccountTries(ctx: RawCtx, userId: string): Promise<void> {
  await sql(ctx).$executeRaw`UPDATE users SET password_failures = 0 WHERE id = ${userId}`;
}

/** Was this account ever in? One whose password was taken away was; an invitation that nobody has taken up was not. */
export async function hasEverChosenPassword(ctx: RawCtx, id: string): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ has: boolean }[]>`
    SELECT password_changed_at IS NOT NULL OR last_login_at IS NOT NULL AS has FROM users WHERE id = ${id}`;
  return rows[0]?.has === true;
}

/** When the password was last chosen. */
export async function findPasswordDate(ctx: Ctx, id: string): Promise<Date | null> {
  const found = await ctx.db.user.findUnique({ where: { id }, select: { passwordChangedAt: true } });
  return found?.passwordChangedAt ?? null;
}
