import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { codesOf, layersOf } from "@/lib/kernel/fault-layers";
import { firstDoor, traits } from "@/lib/policy/traits";
import { isReserved } from "@/lib/users/contacts/store";
import type { Account } from "@/lib/users/user";

const accountFields = {
  id: true,
  email: true,
  username: true,
  phone: true,
  isAdmin: true,
  passwordHash: true,
  closedPassword: true,
  passwordClosedAt: true,
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
    SELECT id, email, username, phone, is_admin AS "isAdmin", password_hash AS "passwordHash", closed_password AS "closedPassword", password_closed_at AS "passwordClosedAt", password_failures AS "passwordFailures",
           credential_version AS "credentialVersion", disabled_at AS "disabledAt", policy
    FROM users WHERE email IN (${identifier}, ${former}) OR username = ${identifier} OR phone = ${identifier}
    ORDER BY email = ${former} AND email <> ${identifier} LIMIT 1`;

export async function findAccountByIdentifier(
  ctx: RawCtx,
  identifier: string,
  former = identifier,
): Promise<Account | null> {
  const rows = await sql(ctx).$queryRaw<Account[]>`${accountNamed({ identifier, former })}`;
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
  /** It is made by a link that was sent to `email`. */
  readonly isEmailConfirmed?: boolean;
};

/**
 * False when the e-mail, user name or phone is taken, or the e-mail is kept for whoever may still take a change back; the transaction must end with
 * it then. The unique index decides, also among parallel calls. With an administrator the first run is over, for ever.
 */
export async function insertAccount(ctx: RawCtx, account: NewAccount): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ id: string }[]>`
    WITH made AS (
      INSERT INTO users (id, email, email_confirmed_at, username, phone, is_admin, created_at)
      VALUES (${account.id}, ${account.email}, ${account.isEmailConfirmed ? ctx.now : null}::timestamptz, ${account.username}, ${account.phone ?? null},
        ${account.isAdmin}, ${ctx.now}) ON CONFLICT DO NOTHING
      RETURNING id, is_admin, created_at
    ), over AS (INSERT INTO first_run (id, ended_at) SELECT 1, created_at FROM made WHERE is_admin ON CONFLICT DO NOTHING)
    SELECT id FROM made`;
  return rows.length === 1 && !(await isReserved(ctx, account.email, account.id));
}

/**
 * Guard of a success, as a part of the statement that claims it: notes the login, and the language that it was done in, with the account of `of` (a row with `user_id`,
 * `credential_version` and `first_amr`) and gives its profile, while that account is still the same and not disabled. Wrong passwords are
 * forgotten where a right one was given: a passkey says nothing of them.
 */
export function loginOf(ctx: RawCtx, of: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    UPDATE users u SET last_login_at = ${ctx.now}::timestamptz, language = ${ctx.language},
      password_failures = CASE WHEN ${traits[firstDoor].amr} = ANY(c.first_amr) THEN 0 ELSE u.password_failures END FROM ${of} AS c
    WHERE u.id = c.user_id AND u.credential_version = c.credential_version AND u.disabled_at IS NULL
    RETURNING u.id, u.email, u.email_confirmed_at, u.username, u.phone, u.name, u.nickname, u.photo, u.created_at, u.last_login_at`;
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

/** Would nobody who can log in be an administrator without this one, a row `u`? Whoever asks before they take one away has the turn of administrators. */
const isOnlyAdministrator = Prisma.sql`(u.is_admin AND NOT EXISTS (
  SELECT FROM users o WHERE o.is_admin AND o.disabled_at IS NULL AND o.password_hash IS NOT NULL AND o.id <> u.id))`;

/**
 * Disables an account and raises its stamp, which voids sessions, half-finished logins, known devices and links. False: it is disabled already, gone, or nobody
 * who can log in would be an administrator then. Whoever asks has the turn of administrators, or two at once could disable each other.
 */
export async function disableAccount(ctx: RawCtx, userId: string): Promise<boolean> {
  const disabled = await sql(ctx).$executeRaw`
    UPDATE users u SET disabled_at = ${ctx.now}, credential_version = u.credential_version + 1, factor_epoch = u.factor_epoch + 1
    WHERE u.id = ${userId} AND u.disabled_at IS NULL AND NOT ${isOnlyAdministrator}`;
  return disabled === 1;
}

/** Opens a disabled account again; what its stamp voided stays void. False: it is not disabled, or gone. */
export async function enableAccount(ctx: RawCtx, userId: string): Promise<boolean> {
  const enabled = await sql(ctx)
    .$executeRaw`UPDATE users SET disabled_at = NULL WHERE id = ${userId} AND disabled_at IS NOT NULL`;
  return enabled === 1;
}

/** Keeps what is asked of one person apart (JSON), or that nothing is; live sessions see it at their next request. True while they exist. */
export async function replacePolicy(ctx: RawCtx, userId: string, policy: string | null): Promise<boolean> {
  return (await sql(ctx).$executeRaw`UPDATE users SET policy = ${policy}::jsonb WHERE id = ${userId}`) === 1;
}

type NewPhone = {
  readonly userId: string;
  readonly phone: string | null;
  /** Its owner proved it with a code; an operator's entry is only typed. */
  readonly isProven: boolean;
};

/** The number to log in with as it was, and since when it was proven; null: nobody proved it, or there was none. */
export type ReplacedPhone = { readonly was: string | null; readonly wasProvenAt: Date | null };

/**
 * Sets the phone number to log in with (E.164), or takes it away. Null: nothing changed, it is theirs already or they are gone. Throws what
 * `isTaken` recognises when another account has it: the unique index decides, also among parallel calls.
 */
export async function replacePhone(ctx: RawCtx, { userId, phone, isProven }: NewPhone): Promise<ReplacedPhone | null> {
  const rows = await sql(ctx).$queryRaw<ReplacedPhone[]>`
    UPDATE users SET phone = ${phone}, proven_phone = CASE WHEN ${isProven}::boolean THEN ${phone} END,
      phone_proven_at = CASE WHEN ${isProven}::boolean THEN ${ctx.now}::timestamptz END
    FROM (SELECT u.id AS of, u.phone AS was, CASE WHEN u.proven_phone = u.phone THEN u.phone_proven_at END AS "wasProvenAt" FROM users u WHERE u.id = ${userId} FOR UPDATE) before
    WHERE id = before.of AND before.was IS DISTINCT FROM ${phone} RETURNING before.was, before."wasProvenAt"`;
  return rows[0] ?? null;
}

/**
 * Sets the user name to log in with, or takes it away. False: nothing changed, it is theirs already or they are gone. Throws what `isTaken` recognises when
 * another account has it.
 */
export async function replaceUsername(ctx: RawCtx, userId: string, username: string | null): Promise<boolean> {
  const replaced = await sql(ctx).$executeRaw`
    UPDATE users SET username = ${username} WHERE id = ${userId} AND username IS DISTINCT FROM ${username}`;
  return replaced === 1;
}

export async function isLastAdministrator(ctx: RawCtx, userId: string): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ last: boolean }[]>`
    SELECT ${isOnlyAdministrator} AS last FROM users u WHERE u.id = ${userId}`;
  return rows[0]?.last === true;
}

/** Deletes an account; whatever refers to it goes along. False: it is the last administrator's, or gone. Of several at once only with turns taken. */
export async function deleteUser(ctx: RawCtx, userId: string): Promise<boolean> {
  return (await sql(ctx).$executeRaw`DELETE FROM users u WHERE u.id = ${userId} AND NOT ${isOnlyAdministrator}`) === 1;
}

/** PostgreSQL, appendix A: a unique index refused a row, whether the driver says so itself or Prisma has wrapped it. */
export const isTaken = (fault: unknown): boolean => layersOf(fault).some((layer) => codesOf(layer).includes("23505"));
