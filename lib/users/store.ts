import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { policy } from "@/lib/policy/policy";
import type { ClosedTo, Counter } from "@/lib/policy/throttle-rules";
import type { Account, Profile } from "@/lib/users/user";

const accountFields = {
  id: true,
  email: true,
  username: true,
  isAdmin: true,
  passwordHash: true,
  passwordFailures: true,
  credentialVersion: true,
  disabledAt: true,
  policy: true,
} as const;

/** A login name in its one form, and in the one that e-mail addresses had before. */
export type AccountName = { readonly identifier: string; readonly former?: string };

/**
 * The account behind an e-mail, user name or phone, by its one form, as a query. The three can never be mistaken for one another. A row that could
 * not be rewritten is found by its former form, unless another one has today's.
 */
export const accountNamed = ({ identifier, former = identifier }: AccountName): Prisma.Sql => Prisma.sql`
    SELECT id, email, username, is_admin AS "isAdmin", password_hash AS "passwordHash", password_failures AS "passwordFailures",
           credential_version AS "credentialVersion", disabled_at AS "disabledAt", policy
    FROM users WHERE email IN (${identifier}, ${former}) OR username = ${identifier} OR phone = ${identifier}
    ORDER BY email = ${former} AND email <> ${identifier} LIMIT 1`;

export async function findAccountByIdentifier(ctx: RawCtx, identifier: string): Promise<Account | null> {
  const rows = await sql(ctx).$queryRaw<Account[]>`${accountNamed({ identifier })}`;
  return rows[0] ?? null;
}

export function findAccount(ctx: Ctx, id: string): Promise<Account | null> {
  return ctx.db.user.findUnique({ where: { id }, select: accountFields });
}

type NewAccount = {
  readonly id: string;
  readonly email: string;
  readonly username: string | null;
  /** E.164. */
  readonly phone?: string | null;
  readonly isAdmin: boolean;
};

/**
 * False when the e-mail, user name or phone is taken: the unique index decides, also among parallel calls. With an administrator the first
 * run is over, for ever.
 */
export async function insertAccount(ctx: RawCtx, account: NewAccount): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ id: string }[]>`
    WITH made AS (
      INSERT INTO users (id, email, username, phone, is_admin, created_at)
      VALUES (${account.id}, ${account.email}, ${account.username}, ${account.phone ?? null}, ${account.isAdmin}, ${ctx.now}) ON CONFLICT DO NOTHING
      RETURNING id, is_admin, created_at
    ), over AS (INSERT INTO first_run (id, ended_at) SELECT 1, created_at FROM made WHERE is_admin ON CONFLICT DO NOTHING)
    SELECT id FROM made`;
  return rows.length === 1;
}

/**
 * Sets the password and raises the security stamp, if nobody else changed the account since. True for one caller. Only the person
 * themselves chooses a password, so the language that they read is noted with it.
 */
export async function replacePassword(
  ctx: Ctx,
  change: { readonly userId: string; readonly passwordHash: string; readonly from: number },
): Promise<boolean> {
  const { count } = await ctx.db.user.updateMany({
    where: { id: change.userId, credentialVersion: change.from, disabledAt: null },
    data: {
      passwordHash: change.passwordHash,
      passwordChangedAt: ctx.now,
      passwordFailures: 0,
      language: ctx.language,
      credentialVersion: { increment: 1 },
    },
  });
  return count === 1;
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
 * Takes the password that an account had at `moment` away and raises the security stamp, on the account's guard row. Null when it is not the
 * account's password any more, or the account is disabled.
 */
export async function takePasswordAway(ctx: RawCtx, userId: string, moment: Date): Promise<SecuredAccount | null> {
  const rows = await sql(ctx).$queryRaw<SecuredAccount[]>`
    UPDATE users u SET password_hash = NULL, password_failures = 0, credential_version = u.credential_version + 1, factor_epoch = u.factor_epoch + 1
    WHERE u.id = ${userId} AND u.disabled_at IS NULL AND ${isPasswordOf(Prisma.sql`${moment}::timestamptz`)}
    RETURNING u.email, u.credential_version AS "credentialVersion"`;
  return rows[0] ?? null;
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

/** Counts one more wrong password in a row, whoever typed it: strangers are refused ten before the owner's known devices, which share what these must leave. */
export async function consumeAccountTry(ctx: RawCtx, userId: string, by: Counter): Promise<PasswordUse> {
  const { consecutiveFailures: all, strangersFailures: strangers } = policy.password;
  const rows = await sql(ctx).$queryRaw<Pick<PasswordUse, "closes">[]>`
    UPDATE users SET password_failures = password_failures + 1
    WHERE id = ${userId} AND password_failures < ${by === "device" ? all : strangers}::int
    RETURNING CASE password_failures WHEN ${all}::int THEN 'everybody' WHEN ${strangers}::int THEN 'strangers' END AS closes`;
  return { isUsable: rows.length === 1, closes: rows[0]?.closes ?? null };
}

/** Refunds one try: our own fault while judging. */
export async function refundAccountTry(ctx: RawCtx, userId: string): Promise<void> {
  await sql(ctx)
    .$executeRaw`UPDATE users SET password_failures = GREATEST(password_failures - 1, 0) WHERE id = ${userId}`;
}

export async function resetAccountTries(ctx: RawCtx, userId: string): Promise<void> {
  await sql(ctx).$executeRaw`UPDATE users SET password_failures = 0 WHERE id = ${userId}`;
}

/**
 * Guard of a success, as a part of the statement that claims it: notes the login, and the language that it was done in, with the account of `of` (a row with `user_id` and
 * `credential_version`) and gives its profile, while that account is still the same and not disabled.
 */
export function loginOf(ctx: RawCtx, of: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    UPDATE users u SET last_login_at = ${ctx.now}::timestamptz, language = ${ctx.language}, password_failures = 0 FROM ${of} AS c
    WHERE u.id = c.user_id AND u.credential_version = c.credential_version AND u.disabled_at IS NULL
    RETURNING u.id, u.email, u.username, u.phone, u.created_at, u.last_login_at`;
}

/**
 * Takes the account's guard row and raises its security stamp: the first write of every change to several factors, so that they queue.
 * Null when somebody changed the account since `from`.
 */
export async function raiseCredentialVersion(ctx: RawCtx, userId: string, from: number): Promise<number | null> {
  const rows = await sql(ctx).$queryRaw<{ version: number }[]>`
    UPDATE users SET credential_version = credential_version + 1, factor_epoch = factor_epoch + 1
    WHERE id = ${userId} AND credential_version = ${from}::int AND disabled_at IS NULL RETURNING credential_version AS version`;
  return rows[0]?.version ?? null;
}

/** Takes the guard row without raising the stamp: for changes that end no session. */
export async function takeGuardRow(ctx: RawCtx, userId: string): Promise<boolean> {
  return (await sql(ctx).$executeRaw`UPDATE users SET factor_epoch = factor_epoch + 1 WHERE id = ${userId}`) === 1;
}

/** Takes the guard row and raises the stamp, whoever changed the account before: an operator's decision stands above theirs. False: gone. */
export async function voidCredentials(ctx: Ctx, userId: string): Promise<boolean> {
  const { count } = await ctx.db.user.updateMany({
    where: { id: userId },
    data: { credentialVersion: { increment: 1 }, factorEpoch: { increment: 1 } },
  });
  return count === 1;
}

/** Keeps what is asked of one person apart (JSON), or that nothing is; live sessions see it at their next request. True while they exist. */
export async function replacePolicy(ctx: RawCtx, userId: string, policy: string | null): Promise<boolean> {
  return (await sql(ctx).$executeRaw`UPDATE users SET policy = ${policy}::jsonb WHERE id = ${userId}`) === 1;
}

/**
 * Sets the phone number to log in with (E.164), or takes it away. False: nothing changed, it is theirs already or they are gone. Throws what
 * `isTaken` recognises when another account has it: the unique index decides, also among parallel calls.
 */
export async function replacePhone(ctx: RawCtx, userId: string, phone: string | null): Promise<boolean> {
  const replaced = await sql(ctx).$executeRaw`
    UPDATE users SET phone = ${phone} WHERE id = ${userId} AND phone IS DISTINCT FROM ${phone}`;
  return replaced === 1;
}

/**
 * Sets the e-mail address to log in with and raises the security stamp, whoever changed the account before. Out: the address before; null when
 * it is theirs already or they are gone. Throws what `isTaken` recognises when another account has it.
 */
export async function replaceEmail(ctx: RawCtx, userId: string, email: string): Promise<string | null> {
  const rows = await sql(ctx).$queryRaw<{ was: string }[]>`
    UPDATE users u SET email = ${email}, credential_version = u.credential_version + 1, factor_epoch = u.factor_epoch + 1
    FROM (SELECT id, email FROM users WHERE id = ${userId} FOR UPDATE) before
    WHERE u.id = before.id AND before.email <> ${email} RETURNING before.email AS was`;
  return rows[0]?.was ?? null;
}

/** PostgreSQL, appendix A: a unique index refused a row. */
export const isTaken = (fault: unknown): boolean => fault instanceof Error && "code" in fault && fault.code === "23505";

/** When the password was last chosen. */
export async function findPasswordDate(ctx: Ctx, id: string): Promise<Date | null> {
  const found = await ctx.db.user.findUnique({ where: { id }, select: { passwordChangedAt: true } });
  return found?.passwordChangedAt ?? null;
}

/** Of a row of `users` under this name: what `Profile` holds, as a JSON object. */
export const profileJson = (of: Prisma.Sql): Prisma.Sql => Prisma.sql`
  json_build_object('id', ${of}.id, 'email', ${of}.email, 'username', ${of}.username, 'phone', ${of}.phone,
    'createdAt', ${of}.created_at, 'lastLoginAt', ${of}.last_login_at)`;

/** A profile as `profileJson` wrote it: moments are texts there. */
export function readProfile(row: ProfileRow): Profile {
  const { createdAt, lastLoginAt } = row;
  return { ...row, createdAt: new Date(createdAt), lastLoginAt: lastLoginAt === null ? null : new Date(lastLoginAt) };
}

export type ProfileRow = Omit<Profile, "createdAt" | "lastLoginAt"> & {
  readonly createdAt: string;
  readonly lastLoginAt: string | null;
};

export async function findProfile(ctx: RawCtx, userId: string): Promise<Profile | null> {
  const rows = await sql(ctx).$queryRaw<{ profile: ProfileRow }[]>`
    SELECT ${profileJson(Prisma.sql`u`)} AS profile FROM users u WHERE u.id = ${userId}`;
  return rows[0] ? readProfile(rows[0].profile) : null;
}
