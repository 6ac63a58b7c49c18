import { whose } from "@/lib/audit/whose";
import { type RawCtx, sql } from "@/lib/context/context";
import type { SealedContact } from "@/lib/crypto/contact-address";
import type { SealedFactor } from "@/lib/crypto/factor-secret";
import { earlier } from "@/lib/kernel/duration";
import type { ChannelName } from "@/lib/policy/channels";
import { portalClient } from "@/lib/policy/clients";
import { addressKinds } from "@/lib/policy/kinds";
import { policy } from "@/lib/policy/policy";

/** Somebody who can be written to: the account's own address, and the language of their last login. */
export type Reader = { readonly userId: string; readonly email: string; readonly language: string | null };

/** A reader, and since when it is proven that they read the account's own address; null: nobody ever proved it. */
export type KnownReader = Reader & { readonly emailConfirmedAt: Date | null };

export async function findReader(ctx: RawCtx, userId: string): Promise<KnownReader | null> {
  const rows = await sql(ctx).$queryRaw<KnownReader[]>`
    SELECT id AS "userId", email, language, email_confirmed_at AS "emailConfirmedAt" FROM users WHERE id = ${userId}`;
  return rows[0] ?? null;
}

/** A reader with the number that they log in with, where they proved it, their active factors that are addresses, and further notice addresses, those that lately were among them: sealed. Moments are ISO 8601. */
export type FullReader = KnownReader & {
  readonly phone: string | null;
  readonly phoneProvenAt: Date | null;
  readonly factors: readonly (SealedFactor & { readonly kind: string; readonly confirmedAt: string | null })[];
  readonly further: readonly (SealedContact & {
    readonly channel: ChannelName;
    readonly confirmedAt: string | null;
    readonly isPresent: boolean;
  })[];
};

export async function findFullReader(ctx: RawCtx, userId: string): Promise<FullReader | null> {
  const rows = await sql(ctx).$queryRaw<FullReader[]>`
    SELECT u.id AS "userId", u.email, u.language, u.email_confirmed_at AS "emailConfirmedAt", u.phone, CASE WHEN u.proven_phone = u.phone THEN u.phone_proven_at END AS "phoneProvenAt",
      COALESCE((SELECT jsonb_agg(jsonb_build_object('id', f.id, 'userId', f.user_id, 'kind', f.kind, 'secret', f.secret, 'confirmedAt', f.confirmed_at)
        ORDER BY f.created_at) FROM factors f WHERE f.user_id = u.id AND f.state = 'ACTIVE' AND f.kind = ANY(${[...addressKinds]}::text[])), '[]') AS factors,
      COALESCE((SELECT jsonb_agg(jsonb_build_object('id', n.id, 'userId', n.user_id, 'channel', n.channel, 'address', n.address, 'confirmedAt', n.confirmed_at,
        'isPresent', n.ended_at IS NULL) ORDER BY n.ended_at IS NULL DESC, n.created_at) FROM notice_addresses n
        WHERE n.user_id = u.id AND (n.ended_at IS NULL OR n.ended_at > ${earlier(ctx.now, policy.contact.toldAfterwards)})), '[]') AS further
    FROM users u WHERE u.id = ${userId}`;
  return rows[0] ?? null;
}

/** Administrators who can act, but `exceptId`; null: all of them. */
export function listAdministrators(ctx: RawCtx, exceptId: string | null): Promise<Reader[]> {
  return sql(ctx).$queryRaw<Reader[]>`
    SELECT id AS "userId", email, language FROM users WHERE is_admin AND disabled_at IS NULL AND id IS DISTINCT FROM ${exceptId} ORDER BY created_at, id`;
}

/** What was bound: by its handle, and plain, because it could be somebody's login name. */
export type BoundAddress = { readonly kind: string; readonly handle: string; readonly address: string | null };

/** Everybody but `exceptId` who has bound this very number or address, or who logs in with it. */
export function listOwners(ctx: RawCtx, { kind, handle, address }: BoundAddress, exceptId: string): Promise<Reader[]> {
  return sql(ctx).$queryRaw<Reader[]>`
    SELECT u.id AS "userId", u.email, u.language FROM users u WHERE u.id <> ${exceptId} AND (u.email = ${address} OR u.phone = ${address} OR EXISTS (
      SELECT FROM factors f WHERE f.user_id = u.id AND f.kind = ${kind} AND f.handle = ${handle} AND f.state = 'ACTIVE')) ORDER BY u.id`;
}

/** When the window of a counter began. */
export async function findWindowStart(ctx: RawCtx, key: string): Promise<Date> {
  const rows = await sql(ctx).$queryRaw<{ at: Date }[]>`SELECT window_start AS at FROM buckets WHERE key = ${key}`;
  return rows[0]?.at ?? ctx.now;
}

/** Is this counter waiting? The same one statement for an account's and for that of a name that nobody has. */
export async function isWaiting(ctx: RawCtx, key: string): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ key: string }[]>`
    SELECT key FROM buckets WHERE key = ${key} AND blocked_until > ${ctx.now}`;
  return rows.length === 1;
}

/** Wrong second steps: of this login, and of all logins since the kind's last success, as far as it is counted. */
export type WrongSteps = { readonly here: number; readonly since: number };

export async function countWrongSteps(ctx: RawCtx, challengeId: string, keys: readonly string[]): Promise<WrongSteps> {
  const rows = await sql(ctx).$queryRaw<WrongSteps[]>`
    SELECT ${policy.challenge.judgedTries}::int - attempts_left AS here,
      COALESCE((SELECT max(fails) FROM buckets WHERE key = ANY(${[...keys]}::text[])), 0) AS since FROM challenges WHERE id = ${challengeId}`;
  return rows[0] ?? { here: 0, since: 0 };
}

type LoginThrough = { readonly userId: string; readonly challengeId: string; readonly clientId: string };

/** Did this person log in before this login, with a browser of the same name through the same client, within the last 90 days? */
export async function hasUsedBrowser(ctx: RawCtx, { userId, challengeId, clientId }: LoginThrough): Promise<boolean> {
  const since = earlier(ctx.now, policy.notice.sameBrowser);
  const rows = await sql(ctx).$queryRaw<{ has: boolean }[]>`
    SELECT EXISTS (SELECT FROM security_events WHERE subject_id = ${userId} AND name = 'session.opened' AND meta->>'challenge' <> ${challengeId}
      AND at > ${since} AND agent = ${ctx.visitor.agent} AND COALESCE(meta->>${whose}::text, ${portalClient}) = ${clientId}) AS has`;
  return rows[0]?.has === true;
}

/** The next `limit` people who were ever in and are not disabled, after the id `after`, in the order of their ids. An invitation that nobody took up is none. */
export function listReadersAfter(ctx: RawCtx, after: string, limit: number): Promise<Reader[]> {
  return sql(ctx).$queryRaw<Reader[]>`
    SELECT id AS "userId", email, language FROM users
    WHERE id > ${after} AND disabled_at IS NULL AND (password_changed_at IS NOT NULL OR last_login_at IS NOT NULL) ORDER BY id LIMIT ${limit}::int`;
}

/** Whether letters left by mail, as a start noted last; null: none has. */
export async function findMailSwitch(ctx: RawCtx): Promise<boolean | null> {
  const rows = await sql(ctx).$queryRaw<{ on: boolean }[]>`
    SELECT (meta->>'on')::boolean AS "on" FROM security_events WHERE subject_id IS NULL AND name = 'mail.switched' ORDER BY at DESC, id DESC LIMIT 1`;
  return rows[0]?.on ?? null;
}
