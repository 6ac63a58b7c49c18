import { type RawCtx, sql } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { isOverdue, type ParkedRow } from "@/lib/letters/store";
import type { ChannelName } from "@/lib/policy/channels";
import { letterRules } from "@/lib/policy/letter-rules";

/** A letter that has not left, as an operator sees it. */
export type OpenRow = {
  readonly id: string;
  readonly userId: string | null;
  readonly channel: ChannelName;
  readonly kind: string;
  readonly destination: string | null;
  readonly canRetry: boolean;
  readonly tries: number;
  readonly lastFault: string | null;
  readonly createdAt: Date;
  readonly notBefore: Date;
  readonly parkedAt: Date | null;
  /** It was given up, or nobody wants it any more. */
  readonly isGivenUp: boolean;
};

/** Letters that wait or were given up, the latest first. */
export function listOpenLetters(ctx: RawCtx, limit: number): Promise<OpenRow[]> {
  return sql(ctx).$queryRaw<OpenRow[]>`
    SELECT id, user_id AS "userId", channel, kind, destination, parked_at IS NOT NULL AND content IS NOT NULL AS "canRetry", tries,
      last_fault AS "lastFault", created_at AS "createdAt", not_before AS "notBefore", parked_at AS "parkedAt",
      parked_at IS NOT NULL OR COALESCE(${isOverdue(ctx)}, false) AS "isGivenUp"
    FROM letters WHERE sent_at IS NULL ORDER BY created_at DESC, seq DESC LIMIT ${limit}::int`;
}

export type LetterCounts = { readonly waiting: number; readonly parked: number; readonly sent: number };

/** How many letters wait, were given up, have left; the last two as long as their rows are kept. */
export async function countLetters(ctx: RawCtx): Promise<LetterCounts> {
  const [counts] = await sql(ctx).$queryRaw<LetterCounts[]>`
    SELECT (count(*) FILTER (WHERE sent_at IS NULL AND parked_at IS NULL AND ${isOverdue(ctx)} IS NOT TRUE))::int AS waiting,
      (count(*) FILTER (WHERE parked_at IS NOT NULL OR ${isOverdue(ctx)}))::int AS parked, (count(*) FILTER (WHERE sent_at IS NOT NULL))::int AS sent FROM letters`;
  return counts ?? { waiting: 0, parked: 0, sent: 0 };
}

/** Letters of a channel that have not left: how many wait for their first try, or for another one, or were given up, and since when the oldest waits. */
export type OpenLetters = {
  readonly channel: ChannelName;
  readonly waiting: number;
  readonly retrying: number;
  readonly parked: number;
  readonly oldestSeconds: number;
};

/**
 * The open letters of each channel that has any; of those that wait, only what somebody still wants, and none of the `resting` kinds, which wait for their channel to
 * be on again. Costs what there are of them, and nothing for those that have left.
 */
export function countOpenLetters(ctx: RawCtx, resting: readonly string[]): Promise<OpenLetters[]> {
  return sql(ctx).$queryRaw<OpenLetters[]>`
    SELECT channel, (count(*) FILTER (WHERE parked_at IS NULL AND tries = 0))::int AS waiting,
      (count(*) FILTER (WHERE parked_at IS NULL AND tries > 0))::int AS retrying, (count(*) FILTER (WHERE parked_at IS NOT NULL))::int AS parked,
      coalesce(extract(epoch FROM ${ctx.now}::timestamptz - min(created_at) FILTER (WHERE parked_at IS NULL)), 0)::float8 AS "oldestSeconds"
    FROM (SELECT channel, parked_at, tries, created_at FROM letters WHERE sent_at IS NULL AND parked_at IS NULL
        AND (expires_at IS NULL OR expires_at > ${ctx.now}) AND kind <> ALL(${[...resting]}::text[])
      UNION ALL SELECT channel, parked_at, tries, created_at FROM letters WHERE parked_at IS NOT NULL) AS open
    GROUP BY channel`;
}

export type RevivedRow = Pick<ParkedRow, "userId" | "kind" | "channel">;

/** Lets parked letters that kept their content wait again, as if they were new: one of them, or all (`id` null). Each goes to one caller. */
export function reviveLetters(ctx: RawCtx, id: string | null): Promise<RevivedRow[]> {
  return sql(ctx).$queryRaw<RevivedRow[]>`
    UPDATE letters SET parked_at = NULL, tries = 0, not_before = ${ctx.now}, expires_at = ${later(ctx.now, letterRules.life)}
    WHERE parked_at IS NOT NULL AND sent_at IS NULL AND content IS NOT NULL AND (${id}::text IS NULL OR id = ${id})
    RETURNING user_id AS "userId", kind, channel`;
}
