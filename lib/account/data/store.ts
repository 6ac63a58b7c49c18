import { type ActivityPlace, isByOther } from "@/lib/account/activity/store";
import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";

/** What an account's own row says of its person; nothing that opens anything. */
export type AccountData = {
  readonly id: string;
  readonly email: string;
  readonly username: string | null;
  readonly phone: string | null;
  readonly name: string | null;
  readonly nickname: string | null;
  readonly photo: string | null;
  readonly isAdministrator: boolean;
  readonly language: string | null;
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
  readonly passwordChangedAt: Date | null;
};

export async function findAccountData(ctx: RawCtx, userId: string): Promise<AccountData | null> {
  const rows = await sql(ctx).$queryRaw<AccountData[]>`
    SELECT id, email, username, phone, name, nickname, photo, is_admin AS "isAdministrator", language, created_at AS "createdAt", last_login_at AS "lastLoginAt",
      password_changed_at AS "passwordChangedAt" FROM users WHERE id = ${userId}`;
  return rows[0] ?? null;
}

/** A letter to somebody, without a word of what it said: that is not kept. */
export type LetterData = {
  readonly kind: string;
  readonly channel: string;
  readonly writtenAt: Date;
  readonly sentAt: Date | null;
};

export function listLetterData(ctx: RawCtx, userId: string): Promise<LetterData[]> {
  return sql(ctx).$queryRaw<LetterData[]>`
    SELECT kind, channel, created_at AS "writtenAt", sent_at AS "sentAt" FROM letters WHERE user_id = ${userId} ORDER BY created_at, seq`;
}

/** One event as it was recorded. */
export type EventData = {
  readonly id: string;
  readonly at: Date;
  readonly name: string;
  readonly result: string;
  /** An administrator did it, by command or on their pages: from where is theirs. */
  readonly byOther: boolean;
  readonly ip: string;
  readonly agent: string;
  readonly meta: Readonly<Record<string, unknown>>;
};

/** The next events of a person that have one of these names, the newest first, from `before` on. */
export function listEventData(
  ctx: RawCtx,
  {
    userId,
    names,
    before,
    limit,
  }: { userId: string; names: readonly string[]; before: ActivityPlace | null; limit: number },
): Promise<EventData[]> {
  const from = before ? Prisma.sql`AND (s.at, s.id) < (${before.at}::timestamptz, ${before.id}::bigint)` : Prisma.empty;
  return sql(ctx).$queryRaw<EventData[]>`
    SELECT s.id::text AS id, s.at, s.name, s.result, ${isByOther(userId)} AS "byOther", s.ip, s.agent, s.meta FROM security_events s
    WHERE s.subject_id = ${userId} AND s.name = ANY(${[...names]}::text[]) ${from} ORDER BY s.at DESC, s.id DESC LIMIT ${limit}::int`;
}
