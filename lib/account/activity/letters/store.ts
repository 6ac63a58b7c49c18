import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { isOverdue } from "@/lib/letters/store";
import type { ChannelName } from "@/lib/policy/channels";

/** A letter to somebody as its row says it. What it said is not asked for. */
export type LetterRow = {
  readonly id: string;
  readonly seq: string;
  readonly kind: string;
  readonly channel: ChannelName;
  /** The HMAC of where it goes. */
  readonly address: string;
  /** The same, sealed; null once the letter is over. */
  readonly destination: string | null;
  readonly writtenAt: Date;
  readonly sentAt: Date | null;
  /** It was given up, or nobody wants it any more. */
  readonly isGivenUp: boolean;
};

type Asked = {
  readonly userId: string;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
};

/** The letters that were written to somebody, the newest first, from `before` on. A person has as many as were written within the days that they are kept. */
export function listLettersTo(ctx: RawCtx, { userId, before, limit }: Asked): Promise<LetterRow[]> {
  const from = before
    ? Prisma.sql`AND (created_at, seq) < (${before.at}::timestamptz, ${before.id}::bigint)`
    : Prisma.empty;
  return sql(ctx).$queryRaw<LetterRow[]>`
    SELECT id, seq::text AS seq, kind, channel, address, destination, created_at AS "writtenAt", sent_at AS "sentAt",
      parked_at IS NOT NULL OR COALESCE(${isOverdue(ctx)}, false) AS "isGivenUp"
    FROM letters WHERE user_id = ${userId} ${from} ORDER BY letters.created_at DESC, letters.seq DESC LIMIT ${limit}::int`;
}
