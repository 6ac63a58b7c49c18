import { type RawCtx, sql } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import { windowOf } from "@/lib/throttle/send-windows";
import { refundWindowTry, windowTry } from "@/lib/throttle/windows/store";

type NewUnlock = {
  readonly id: string;
  readonly userId: string;
  readonly linkHash: string;
  /** Of the browser that asked. */
  readonly waitHash: string;
  readonly codeHash: string;
};

/** Stores a letter's unlock, under the account's present stamp. */
export async function insertUnlock(
  ctx: RawCtx,
  { id, userId, linkHash, waitHash, codeHash }: NewUnlock,
): Promise<void> {
  await sql(ctx).$executeRaw`
    INSERT INTO unlocks (id, user_id, link_hash, wait_hash, code_hash, code_tries, credential_version, created_at, expires_at)
    SELECT ${id}, id, ${linkHash}, ${waitHash}, ${codeHash}, ${policy.unlock.codeTries}::int, credential_version, ${ctx.now}::timestamptz,
      ${later(ctx.now, policy.unlock.letter)}::timestamptz
    FROM users WHERE id = ${userId} ON CONFLICT DO NOTHING`;
}

export type WaitingUnlock = { readonly id: string; readonly userId: string; readonly codeHash: string };

/** A typed code. `waiting`: the letter that it is a try at; null: none waits, or its tries are used up. `isCounted`: no more were typed there than a letter has. */
export type CodeTry = { readonly waiting: WaitingUnlock | null; readonly isCounted: boolean };

/** The counter of the codes that are typed in a browser that waits. */
export const codeKey = (waitHash: string): string => windowOf("unlock.code", waitHash).key;

/**
 * Consumes one try at the code of the letter that a browser waits for. One statement with one write at least, whether there is a letter or not: a wrong code must not tell by
 * its time whether somebody has the name that was typed before (ASVS 5.0, 6.3.8).
 */
export async function consumeCodeTry(ctx: RawCtx, waitHash: string): Promise<CodeTry> {
  const { key, rule } = windowOf("unlock.code", waitHash);
  const rows = await sql(ctx).$queryRaw<CodeTry[]>`
    WITH counted AS (${windowTry(ctx, key, rule)}), tried AS (
      UPDATE unlocks SET code_tries = code_tries - 1
      WHERE wait_hash = ${waitHash} AND open_hash IS NULL AND expires_at > ${ctx.now} AND code_tries > 0
      RETURNING jsonb_build_object('id', id, 'userId', user_id, 'codeHash', code_hash) AS waiting)
    SELECT (SELECT waiting FROM tried) AS waiting, EXISTS (SELECT FROM counted) AS "isCounted"`;
  return rows[0] ?? { waiting: null, isCounted: false };
}

/** Refunds one try at a letter's code: it was right, and a fault of ours kept it from opening anything. Never more than a letter has. */
export async function refundCodeTry(
  ctx: RawCtx,
  { id, waitHash }: { readonly id: string; readonly waitHash: string },
): Promise<void> {
  await refundWindowTry(ctx, codeKey(waitHash));
  await sql(ctx)
    .$executeRaw`UPDATE unlocks SET code_tries = LEAST(code_tries + 1, ${policy.unlock.codeTries}::int) WHERE id = ${id}`;
}

/** Whose unlock was opened, and the login e-mail that its letter went to: the account has not moved since. */
export type OpenedUnlock = { readonly userId: string; readonly email: string };

/** Opens an unlock that a letter's code names, in the browser that waited. Null for all callers but one, and when the account has moved. */
export const openWaiting = (ctx: RawCtx, id: string): Promise<OpenedUnlock | null> => open(ctx, { id });

/** The same by the letter's link, in whichever browser pressed its button: `openHash` names that one. */
export const openByLink = (ctx: RawCtx, linkHash: string, openHash: string): Promise<OpenedUnlock | null> =>
  open(ctx, { linkHash, openHash });

type By = { readonly id: string } | { readonly linkHash: string; readonly openHash: string };

async function open(ctx: RawCtx, by: By): Promise<OpenedUnlock | null> {
  const [id, linkHash, openHash] = "id" in by ? [by.id, null, null] : [null, by.linkHash, by.openHash];
  const rows = await sql(ctx).$queryRaw<OpenedUnlock[]>`
    UPDATE unlocks un SET open_hash = COALESCE(${openHash}, un.wait_hash), expires_at = ${later(ctx.now, policy.unlock.open)}
    FROM users u WHERE (un.id = ${id} OR un.link_hash = ${linkHash}) AND un.open_hash IS NULL AND un.expires_at > ${ctx.now}
      AND u.id = un.user_id AND u.credential_version = un.credential_version AND u.disabled_at IS NULL RETURNING un.user_id AS "userId", u.email`;
  return rows[0] ?? null;
}

/** Whether a link's button can still be pressed. Reading it spends nothing. */
export async function isWaitingLink(ctx: RawCtx, linkHash: string): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ id: string }[]>`
    SELECT un.id FROM unlocks un JOIN users u ON u.id = un.user_id AND u.credential_version = un.credential_version AND u.disabled_at IS NULL
    WHERE un.link_hash = ${linkHash} AND un.open_hash IS NULL AND un.expires_at > ${ctx.now}`;
  return rows.length === 1;
}

/** The open unlock of this account that this browser holds; null: it is none. The same statement for a name that nobody has. */
export async function findOpenUnlock(ctx: RawCtx, userId: string, openHash: string): Promise<string | null> {
  const rows = await sql(ctx).$queryRaw<{ id: string }[]>`
    SELECT un.id FROM unlocks un JOIN users u ON u.id = un.user_id AND u.credential_version = un.credential_version
    WHERE un.open_hash = ${openHash} AND un.user_id = ${userId} AND un.expires_at > ${ctx.now}`;
  return rows[0]?.id ?? null;
}

/** Deletes up to `limit` unlocks that are over, but those that somebody holds. Out: how many. */
export const sweepUnlocks = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM unlocks WHERE id IN (SELECT id FROM unlocks WHERE expires_at < ${ctx.now} LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
