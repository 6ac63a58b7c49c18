import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { earlier } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** A notice address that is its person's now; the address itself is sealed. */
export type PresentAddress = {
  readonly id: string;
  readonly userId: string;
  readonly address: string;
  readonly confirmedAt: Date;
};

/** Those that are a person's now and proven, oldest first. Only mailboxes are added by hand. */
export function listPresentAddresses(ctx: RawCtx, userId: string): Promise<PresentAddress[]> {
  return sql(ctx).$queryRaw<PresentAddress[]>`
    SELECT id, user_id AS "userId", address, confirmed_at AS "confirmedAt" FROM notice_addresses
    WHERE user_id = ${userId} AND ended_at IS NULL AND confirmed_at IS NOT NULL ORDER BY created_at, id`;
}

/** How many of those a person has: a part of a statement. */
export const presentAddresses = (userId: string): Prisma.Sql => Prisma.sql`
  (SELECT count(*)::int FROM notice_addresses n WHERE n.user_id = ${userId} AND n.ended_at IS NULL AND n.confirmed_at IS NOT NULL)`;

type NewAddress = {
  readonly id: string;
  readonly userId: string;
  readonly channel: string;
  readonly handle: string;
  /** Sealed. */
  readonly address: string;
};

/** One more that is told, proven a moment ago. False: it is theirs already, or they have as many as may be. Queue them on the account's guard row. */
export async function insertPresentAddress(ctx: RawCtx, { id, userId, ...row }: NewAddress): Promise<boolean> {
  const inserted = await sql(ctx).$executeRaw`
    INSERT INTO notice_addresses (id, user_id, channel, handle, address, created_at, confirmed_at)
    SELECT ${id}, ${userId}, ${row.channel}, ${row.handle}, ${row.address}, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    WHERE (SELECT count(*) FROM notice_addresses WHERE user_id = ${userId} AND ended_at IS NULL) < ${policy.contact.furtherPerPerson}::int
    ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

/** An address that is somebody's no more from now on, and is told for some days all the same. `confirmedAt`: since when it was proven, if it was. */
export async function insertFormerAddress(
  ctx: RawCtx,
  { id, userId, confirmedAt, ...row }: NewAddress & { readonly confirmedAt: Date | null },
): Promise<void> {
  await sql(ctx).$executeRaw`
    INSERT INTO notice_addresses (id, user_id, channel, handle, address, created_at, confirmed_at, ended_at)
    VALUES (${id}, ${userId}, ${row.channel}, ${row.handle}, ${row.address}, ${ctx.now}, ${confirmedAt}, ${ctx.now})`;
}

/** Ends one of a person's: it is told for some days on. Out: its sealed address; null when it is not theirs, or ended before. */
export async function endPresentAddress(ctx: RawCtx, userId: string, id: string): Promise<string | null> {
  const rows = await sql(ctx).$queryRaw<{ address: string }[]>`
    UPDATE notice_addresses SET ended_at = ${ctx.now} WHERE id = ${id} AND user_id = ${userId} AND ended_at IS NULL RETURNING address`;
  return rows[0]?.address ?? null;
}

/** Deletes up to `limit` addresses that nobody is told at any more. Out: how many. */
export const sweepNoticeAddresses = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM notice_addresses WHERE id IN (SELECT id FROM notice_addresses
    WHERE ended_at < ${earlier(ctx.now, policy.contact.toldAfterwards)} LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
