import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { alarmPurposes } from "@/lib/links/alarm-link";
import { isPasswordOf } from "@/lib/users/password/store";

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

/** The open alarm behind a link's hash, or null. Reading it spends nothing. */
export async function findAlarm(ctx: RawCtx, hash: string): Promise<OpenAlarm | null> {
  const rows = await sql(ctx).$queryRaw<OpenAlarm[]>`
    SELECT c.purpose, u.id AS "userId", u.email, c.created_at AS at, ${isPasswordOf(Prisma.sql`c.created_at`)} AS "isCurrent",
      u.credential_version = c.credential_version AS "isUnmoved", e.ip, e.agent
    FROM one_time_links c JOIN users u ON u.id = c.user_id AND u.disabled_at IS NULL
    LEFT JOIN LATERAL (SELECT ip, agent FROM security_events WHERE subject_id = c.user_id AND at = c.created_at
      AND meta->>'challenge' = c.challenge_id ORDER BY id DESC LIMIT 1) e ON true
    WHERE c.hash = ${hash} AND c.purpose = ANY(${[...alarmPurposes]}::text[]) AND c.consumed_at IS NULL AND c.expires_at > ${ctx.now}`;
  return rows[0] ?? null;
}
