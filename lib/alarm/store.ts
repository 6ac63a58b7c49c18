import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { alarmPurposes } from "@/lib/notices/alarm-link";

/** An alarm whose link can still be pressed, with what is known of the login that it is about. */
export type OpenAlarm = {
  readonly userId: string;
  readonly purpose: string;
  readonly email: string;
  readonly at: Date;
  /** The password that the alarm is about is still the account's. */
  readonly isCurrent: boolean;
  /** Nothing of the account has changed since. */
  readonly isUnmoved: boolean;
  readonly ip: string | null;
  readonly agent: string | null;
};

/** Until it is chosen anew or taken away, an account's password is the one that the alarm `c` is about. */
const isCurrent = Prisma.sql`(u.password_hash IS NOT NULL AND (u.password_changed_at IS NULL OR u.password_changed_at <= c.created_at))`;

const purposes = () => [...alarmPurposes];

/** The open alarm behind a link's hash, or null. Reading it spends nothing. */
export async function findAlarm(ctx: RawCtx, hash: string): Promise<OpenAlarm | null> {
  const rows = await sql(ctx).$queryRaw<OpenAlarm[]>`
    SELECT c.purpose, u.id AS "userId", u.email, c.created_at AS at, ${isCurrent} AS "isCurrent",
      u.credential_version = c.credential_version AS "isUnmoved", e.ip, e.agent
    FROM one_time_codes c JOIN users u ON u.id = c.user_id AND u.disabled_at IS NULL
    LEFT JOIN LATERAL (SELECT ip, agent FROM security_events WHERE subject_id = c.user_id AND at = c.created_at
      AND meta->>'challenge' = c.challenge_id ORDER BY id DESC LIMIT 1) e ON true
    WHERE c.hash = ${hash} AND c.purpose = ANY(${purposes()}::text[]) AND c.consumed_at IS NULL AND c.expires_at > ${ctx.now}`;
  return rows[0] ?? null;
}

/** Was the button behind this link pressed? */
export async function isAlarmUsed(ctx: RawCtx, hash: string): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ used: boolean }[]>`
    SELECT true AS used FROM one_time_codes WHERE hash = ${hash} AND purpose = ANY(${purposes()}::text[]) AND consumed_at IS NOT NULL`;
  return rows.length > 0;
}

/** Whose a link was, also after it was used or has expired; null when nothing of it is left. */
export async function findAlarmOwner(ctx: RawCtx, hash: string): Promise<string | null> {
  const rows = await sql(ctx).$queryRaw<{ userId: string }[]>`
    SELECT user_id AS "userId" FROM one_time_codes WHERE hash = ${hash} AND purpose = ANY(${purposes()}::text[])`;
  return rows[0]?.userId ?? null;
}

/** Which alarm was pressed, for whom, and the security stamp under which it was raised. */
export type PressedAlarm = {
  readonly id: string;
  readonly userId: string;
  readonly challengeId: string | null;
  readonly credentialVersion: number;
};

/** Spends an alarm's link: its row for one caller, null for all others. */
export async function consumeAlarm(ctx: RawCtx, hash: string): Promise<PressedAlarm | null> {
  const rows = await sql(ctx).$queryRaw<PressedAlarm[]>`
    UPDATE one_time_codes SET consumed_at = ${ctx.now}
    WHERE hash = ${hash} AND purpose = ANY(${purposes()}::text[]) AND consumed_at IS NULL AND expires_at > ${ctx.now}
    RETURNING id, user_id AS "userId", challenge_id AS "challengeId", credential_version AS "credentialVersion"`;
  return rows[0] ?? null;
}

/** An account whose password was taken away, under its new security stamp. */
export type SecuredAccount = { readonly email: string; readonly credentialVersion: number };

/**
 * Takes the password of a pressed alarm away and raises the security stamp, on the account's guard row. Null when it is not the account's
 * password any more, or the account is disabled.
 */
export async function takePasswordAway(ctx: RawCtx, alarm: PressedAlarm): Promise<SecuredAccount | null> {
  const rows = await sql(ctx).$queryRaw<SecuredAccount[]>`
    UPDATE users u SET password_hash = NULL, password_failures = 0, credential_version = u.credential_version + 1, factor_epoch = u.factor_epoch + 1
    FROM one_time_codes c WHERE c.id = ${alarm.id} AND u.id = c.user_id AND u.disabled_at IS NULL AND ${isCurrent}
    RETURNING u.email, u.credential_version AS "credentialVersion"`;
  return rows[0] ?? null;
}
