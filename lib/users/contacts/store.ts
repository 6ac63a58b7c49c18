import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { inSeconds } from "@/lib/kernel/duration";
import { pendingRules } from "@/lib/policy/pending-rules";

/** The login e-mail of an account before it was moved, and the account's stamp since. */
export type MovedEmail = {
  readonly was: string;
  readonly wasConfirmedAt: Date | null;
  readonly credentialVersion: number;
};

type Moving = {
  readonly userId: string;
  readonly email: string;
  /** Since when it is proven that its owner reads there; null: nobody proved it. */
  readonly confirmedAt: Date | null;
  /** Only from this stamp on; null: whoever changed the account before. */
  readonly from: number | null;
};

/**
 * Sets the e-mail address to log in with and raises the security stamp. Null when it is theirs already, when they are gone, or somebody changed the
 * account since `from`. Throws what `isTaken` recognises when another account has it: the unique index decides, also among parallel calls. Ask
 * `isReserved` behind it.
 */
export async function moveEmail(ctx: RawCtx, { userId, email, confirmedAt, from }: Moving): Promise<MovedEmail | null> {
  const rows = await sql(ctx).$queryRaw<MovedEmail[]>`
    UPDATE users u SET email = ${email}, email_confirmed_at = ${confirmedAt}::timestamptz, credential_version = u.credential_version + 1, factor_epoch = u.factor_epoch + 1
    FROM (SELECT id, email, email_confirmed_at FROM users WHERE id = ${userId} FOR UPDATE) before
    WHERE u.id = before.id AND before.email <> ${email} AND (${from}::int IS NULL OR u.credential_version = ${from}::int)
    RETURNING before.email AS was, before.email_confirmed_at AS "wasConfirmedAt", u.credential_version AS "credentialVersion"`;
  return rows[0] ?? null;
}

/**
 * Is this address kept for somebody else, who may still take a change back? Only behind the write that takes it, in the same transaction: that
 * one waits for a change which is under way, and what is read then is what it left.
 */
export async function isReserved(ctx: RawCtx, email: string, userId: string): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ is: boolean }[]>`
    SELECT EXISTS (SELECT FROM email_changes WHERE former = ${email} AND user_id <> ${userId} AND expires_at > ${ctx.now}
      AND reverted_at IS NULL AND settled_at IS NULL) AS is`;
  return rows[0]?.is === true;
}

/** The login e-mail is confirmed (address verification): a link or code that was sent there was used, while it is still this one. True for the first time. */
export async function confirmEmail(ctx: RawCtx, userId: string, email: string): Promise<boolean> {
  const confirmed = await sql(ctx).$executeRaw`
    UPDATE users SET email_confirmed_at = ${ctx.now} WHERE id = ${userId} AND email = ${email} AND email_confirmed_at IS NULL`;
  return confirmed === 1;
}

/** The number to log in with is proven: a code that was sent there was typed, while it is still this one. True for the first time. */
export async function confirmPhone(ctx: RawCtx, userId: string, phone: string): Promise<boolean> {
  const confirmed = await sql(ctx).$executeRaw`
    UPDATE users SET proven_phone = phone, phone_proven_at = ${ctx.now} WHERE id = ${userId} AND phone = ${phone} AND proven_phone IS DISTINCT FROM phone`;
  return confirmed === 1;
}

/** What an account is reached by and logs in with. */
export type OwnContacts = {
  readonly email: string;
  readonly emailConfirmedAt: Date | null;
  readonly phone: string | null;
  /** Its owner typed a code that was sent there; what an operator or an older portal set is none of theirs before that. */
  readonly isPhoneProven: boolean;
};

export async function findOwnContacts(ctx: RawCtx, userId: string): Promise<OwnContacts | null> {
  const rows = await sql(ctx).$queryRaw<OwnContacts[]>`
    SELECT email, email_confirmed_at AS "emailConfirmedAt", phone, COALESCE(proven_phone = phone, false) AS "isPhoneProven" FROM users WHERE id = ${userId}`;
  return rows[0] ?? null;
}

/** Somebody else's account, to be written to. */
export type Holder = { readonly userId: string; readonly email: string; readonly language: string | null };

/** Who but `userId` logs in with this e-mail address or number, or may still take it back. One statement, whether there is somebody or not. */
export async function findHolder(ctx: RawCtx, address: string, userId: string): Promise<Holder | null> {
  const rows = await sql(ctx).$queryRaw<Holder[]>`
    SELECT u.id AS "userId", u.email, u.language FROM users u WHERE u.id <> ${userId} AND (u.email = ${address} OR u.phone = ${address} OR EXISTS (
      SELECT FROM email_changes c WHERE c.user_id = u.id AND c.former = ${address} AND c.expires_at > ${ctx.now} AND c.reverted_at IS NULL AND c.settled_at IS NULL))
    ORDER BY u.email = ${address} DESC LIMIT 1`;
  return rows[0] ?? null;
}

/** An account as a reset sees it: its login e-mail, the changes of it that are younger than three days, and before which moment a factor counts then. */
export type ResetFacts = {
  readonly email: string;
  readonly isConfirmed: boolean;
  readonly isAdmin: boolean;
  readonly changes: readonly {
    readonly former: string;
    readonly isFormerConfirmed: boolean;
    readonly next: string;
  }[];
  readonly factorsBefore: Date | null;
};

export async function findResetFacts(ctx: RawCtx, userId: string): Promise<ResetFacts | null> {
  const rows = await sql(ctx).$queryRaw<ResetFacts[]>`
    SELECT u.email, u.email_confirmed_at IS NOT NULL AS "isConfirmed", u.is_admin AS "isAdmin", ${beforeTheMove(ctx, Prisma.sql`u.id`)} AS "factorsBefore", COALESCE((
      SELECT jsonb_agg(jsonb_build_object('former', c.former, 'isFormerConfirmed', c.former_confirmed_at IS NOT NULL, 'next', c.next)
        ORDER BY c.changed_at) FROM email_changes c WHERE c.user_id = u.id AND c.expires_at > ${ctx.now} AND c.settled_at IS NULL), '[]') AS changes
    FROM users u WHERE u.id = ${userId}`;
  return rows[0] ?? null;
}

/**
 * Before which moment a factor was bound that counts while an account's login e-mail has just moved; nothing where it has not: a part of a statement. It is seven days before
 * the oldest change that is younger than three days and that no operator has settled, because a thief who waits for the change binds a factor of theirs before it; of an
 * account that was not as old itself the change.
 */
export const beforeTheMove = (ctx: RawCtx, userId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  (SELECT CASE WHEN min(o.created_at) <= min(m.changed_at) - ${settled} THEN min(m.changed_at) - ${settled} ELSE min(m.changed_at) END
    FROM email_changes m JOIN users o ON o.id = m.user_id WHERE m.user_id = ${userId} AND m.expires_at > ${ctx.now} AND m.settled_at IS NULL)`;

const settled = Prisma.sql`make_interval(secs => ${inSeconds(pendingRules.settledFor)}::int)`;
