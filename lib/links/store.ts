import { type RawCtx, sql } from "@/lib/context/context";
import type { LinkPurpose } from "@/lib/links/link";

/** A link (a one-time token that arrives as an address: a "magic link") that is to be stored: the hash of its token, what it is for, whose it is, until when it is good. */
type NewLink = {
  readonly hash: string;
  readonly purpose: LinkPurpose;
  readonly userId: string | null;
  readonly expiresAt: Date;
};

/** Stores a link and voids every earlier one of the same purpose and person. `credentialVersion`: the stamp under which it is good. */
export async function replaceLink(
  ctx: RawCtx,
  { hash, purpose, userId, expiresAt, credentialVersion }: NewLink & { readonly credentialVersion: number | null },
): Promise<void> {
  await sql(ctx)
    .$executeRaw`DELETE FROM one_time_links WHERE purpose = ${purpose} AND user_id IS NOT DISTINCT FROM ${userId}`;
  await sql(ctx).$executeRaw`
    INSERT INTO one_time_links (id, purpose, hash, user_id, credential_version, created_at, expires_at)
    VALUES (${ctx.random.id()}, ${purpose}, ${hash}, ${userId}, ${credentialVersion}::int, ${ctx.now}, ${expiresAt})`;
}

/** Stores a person's link beside their others, under their present stamp. `challengeId`: the login that it is about. */
export async function addLink(
  ctx: RawCtx,
  { hash, purpose, userId, expiresAt, challengeId }: NewLink & { readonly challengeId: string | null },
): Promise<void> {
  await sql(ctx).$executeRaw`
    INSERT INTO one_time_links (id, purpose, hash, user_id, challenge_id, credential_version, created_at, expires_at)
    SELECT ${ctx.random.id()}, ${purpose}, ${hash}, id, ${challengeId}, credential_version, ${ctx.now}::timestamptz, ${expiresAt}::timestamptz
    FROM users WHERE id = ${userId}`;
}

/** A link that is nobody's yet: `address` is sealed for the link's id. */
type NewAddressLink = Omit<NewLink, "userId"> & { readonly id: string; readonly address: string };

/** Stores a link that was sent to an address which has no account. */
export async function addAddressLink(ctx: RawCtx, { id, hash, purpose, address, expiresAt }: NewAddressLink) {
  await sql(ctx).$executeRaw`
    INSERT INTO one_time_links (id, purpose, hash, address, created_at, expires_at)
    VALUES (${id}, ${purpose}, ${hash}, ${address}, ${ctx.now}, ${expiresAt})`;
}

/** The open link behind a hash with the sealed address that it was sent to, or null. Reading it spends nothing. */
export async function findAddressLink(
  ctx: RawCtx,
  hash: string,
  purpose: LinkPurpose,
): Promise<{ readonly id: string; readonly address: string } | null> {
  const rows = await sql(ctx).$queryRaw<{ id: string; address: string }[]>`
    SELECT id, address FROM one_time_links WHERE hash = ${hash} AND purpose = ${purpose} AND address IS NOT NULL
      AND consumed_at IS NULL AND expires_at > ${ctx.now}`;
  return rows[0] ?? null;
}

/** Notes whose a spent link has become, so that its page leads them on. */
export async function nameLink(ctx: RawCtx, hash: string, userId: string): Promise<void> {
  await sql(ctx).$executeRaw`UPDATE one_time_links SET user_id = ${userId}, address = NULL WHERE hash = ${hash}`;
}

type ResetLink = Omit<NewLink, "purpose" | "userId"> & { readonly userId: string; readonly sentTo: string };

const reset: LinkPurpose = "reset";

/** Stores a link that resets a password, beside those that the person has: the newest `live` of them stay good. `sentTo`: the HMAC of the address that it is made under. */
export async function addResetLink(
  ctx: RawCtx,
  { hash, userId, sentTo, expiresAt }: ResetLink,
  live: number,
): Promise<void> {
  await sql(ctx).$executeRaw`
    INSERT INTO one_time_links (id, purpose, hash, user_id, sent_to, created_at, expires_at)
    VALUES (${ctx.random.id()}, ${reset}, ${hash}, ${userId}, ${sentTo}, ${ctx.now}, ${expiresAt})`;
  await sql(ctx).$executeRaw`
    UPDATE one_time_links SET expires_at = ${ctx.now} WHERE id IN (SELECT id FROM one_time_links
      WHERE user_id = ${userId} AND purpose = ${reset} AND consumed_at IS NULL AND expires_at > ${ctx.now}
      ORDER BY created_at DESC, id DESC OFFSET ${live}::int)`;
}

/** A live link that resets a password: whose, when it was made, under which address, and how often it was opened. */
export type LiveReset = {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly sentTo: string;
  readonly openings: number;
};

/** The live link behind a hash, or null. Reading it spends nothing. */
export async function findResetLink(ctx: RawCtx, hash: string): Promise<LiveReset | null> {
  const rows = await sql(ctx).$queryRaw<LiveReset[]>`
    SELECT id, user_id AS "userId", created_at AS "createdAt", sent_to AS "sentTo", openings FROM one_time_links
    WHERE hash = ${hash} AND purpose = ${reset} AND consumed_at IS NULL AND expires_at > ${ctx.now}`;
  return rows[0] ?? null;
}

/** Opens a live link once more, up to `most` times; null: it is over, or was opened so often. */
export async function openResetLink(ctx: RawCtx, hash: string, most: number): Promise<LiveReset | null> {
  const rows = await sql(ctx).$queryRaw<LiveReset[]>`
    UPDATE one_time_links SET openings = openings + 1
    WHERE hash = ${hash} AND purpose = ${reset} AND consumed_at IS NULL AND expires_at > ${ctx.now} AND openings < ${most}::int
    RETURNING id, user_id AS "userId", created_at AS "createdAt", sent_to AS "sentTo", openings`;
  return rows[0] ?? null;
}

/**
 * Spends a live link that resets a password, and with it ends all others of its person: true for one caller of all of them. They are locked in one order, so
 * that two links at once wait for each other.
 */
export async function spendResetLink(ctx: RawCtx, { id, userId }: Pick<LiveReset, "id" | "userId">): Promise<boolean> {
  const spent = await sql(ctx).$executeRaw`
    WITH live AS (SELECT id FROM one_time_links
      WHERE user_id = ${userId} AND purpose = ${reset} AND consumed_at IS NULL AND expires_at > ${ctx.now} ORDER BY id FOR UPDATE),
    others AS (UPDATE one_time_links SET expires_at = ${ctx.now}
      WHERE id <> ${id} AND id IN (SELECT id FROM live) AND EXISTS (SELECT FROM live WHERE id = ${id}))
    UPDATE one_time_links SET consumed_at = ${ctx.now} WHERE id = ${id} AND id IN (SELECT id FROM live)`;
  return spent === 1;
}

/** An open link: whose, and the stamp under which it is good. */
export type OpenLink = { readonly userId: string | null; readonly credentialVersion: number | null };

/** The open link behind a hash, or null. Reading it spends nothing. */
export async function findLink(ctx: RawCtx, hash: string, purpose: LinkPurpose): Promise<OpenLink | null> {
  const rows = await sql(ctx).$queryRaw<OpenLink[]>`
    SELECT user_id AS "userId", credential_version AS "credentialVersion" FROM one_time_links
    WHERE hash = ${hash} AND purpose = ${purpose} AND consumed_at IS NULL AND expires_at > ${ctx.now}`;
  return rows[0] ?? null;
}

/** A link in whatever state: whose, used when, good until when. */
type AnyLink = { readonly userId: string | null; readonly spentAt: Date | null; readonly expiresAt: Date };

/** The link behind a hash, also after it was used or has expired; null when nothing of it is left. */
export async function findAnyLink(
  ctx: RawCtx,
  hash: string,
  purposes: readonly LinkPurpose[],
): Promise<AnyLink | null> {
  const rows = await sql(ctx).$queryRaw<AnyLink[]>`
    SELECT user_id AS "userId", consumed_at AS "spentAt", expires_at AS "expiresAt" FROM one_time_links
    WHERE hash = ${hash} AND purpose = ANY(${[...purposes]}::text[])`;
  return rows[0] ?? null;
}

/** What a link was that has just been spent. */
export type SpentRow = {
  readonly userId: string | null;
  readonly challengeId: string | null;
  readonly credentialVersion: number | null;
  readonly createdAt: Date;
};

/** Spends a link: its row for one caller, null for all others. */
export async function spendLink(ctx: RawCtx, hash: string, purposes: readonly LinkPurpose[]): Promise<SpentRow | null> {
  const rows = await sql(ctx).$queryRaw<SpentRow[]>`
    UPDATE one_time_links SET consumed_at = ${ctx.now}
    WHERE hash = ${hash} AND purpose = ANY(${[...purposes]}::text[]) AND consumed_at IS NULL AND expires_at > ${ctx.now}
    RETURNING user_id AS "userId", challenge_id AS "challengeId", credential_version AS "credentialVersion", created_at AS "createdAt"`;
  return rows[0] ?? null;
}

/** Ends a person's open links of these purposes, as if their time was over; whose they were stays known. */
export async function expireLinks(ctx: RawCtx, userId: string, purposes: readonly LinkPurpose[]): Promise<void> {
  await sql(ctx).$executeRaw`
    UPDATE one_time_links SET expires_at = ${ctx.now}
    WHERE user_id = ${userId} AND purpose = ANY(${[...purposes]}::text[]) AND consumed_at IS NULL AND expires_at > ${ctx.now}`;
}

/**
 * What was sent to let somebody choose a password opens nothing any more, because one was chosen, or the account was closed: who asked for it may be whom that shut out.
 * The link in an old mailbox lives on, for it only takes away, and those of alarms ask themselves whether the password is still the same one (a reset ends them too: `endAlarmLinks`).
 */
export const endPasswordLinks = (ctx: RawCtx, userId: string): Promise<void> =>
  expireLinks(ctx, userId, ["reset", "invitation"]);

/** Deletes up to `limit` links whose time is over, but those that somebody holds. Out: how many. */
export const sweepLinks = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM one_time_links WHERE id IN (SELECT id FROM one_time_links WHERE expires_at < ${ctx.now} LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
