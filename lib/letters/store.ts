import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { earlier, later } from "@/lib/kernel/duration";
import { idAbout } from "@/lib/letters/letter";
import type { ChannelName } from "@/lib/policy/channels";
import { letterRules } from "@/lib/policy/letter-rules";
import { policy } from "@/lib/policy/policy";
import { portalRules } from "@/lib/policy/portal-rules";

/** A letter as it is written: sealed. */
export type NewLetterRow = {
  readonly id: string;
  readonly userId: string | null;
  readonly channel: string;
  readonly kind: string;
  readonly urgent: boolean;
  readonly queue: string;
  readonly address: string;
  readonly destination: string;
  readonly content: string;
  readonly language: string;
  readonly createdAt: Date;
  readonly notBefore: Date;
  readonly expiresAt: Date;
};

const allowed = Prisma.sql`make_interval(secs => ${portalRules.clocksApart / 1000}::float8)`;

/**
 * Inserts any number of letters, in their order; a part of a statement. One that waits already under the same id is counted up instead. Workers go by the database's hour: a
 * letter of a portal whose clock is ahead by what is allowed waits as long as was asked for, from now on, and no seconds more.
 */
export const insertLetters = (rows: readonly NewLetterRow[]): Prisma.Sql => Prisma.sql`
  INSERT INTO letters (id, user_id, channel, kind, urgent, queue, address, destination, content, language, created_at, not_before, expires_at)
  SELECT l.id, l."userId", l.channel, l.kind, l.urgent, l.queue, l.address, l.destination, l.content, l.language, l."createdAt",
    l."notBefore" - CASE WHEN l."createdAt" - clock_timestamp() BETWEEN interval '0' AND ${allowed} THEN l."createdAt" - clock_timestamp() ELSE interval '0' END, l."expiresAt"
  FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS (id text, "userId" text, channel text, kind text, urgent boolean, queue text,
    address text, destination text, content text, language text, "createdAt" timestamptz, "notBefore" timestamptz, "expiresAt" timestamptz))
    WITH ORDINALITY AS l(id, "userId", channel, kind, urgent, queue, address, destination, content, language, "createdAt", "notBefore", "expiresAt", place)
  ORDER BY l.place
  ON CONFLICT (id) DO UPDATE SET repeats = letters.repeats + 1`;

/** One more of what a digest tells. False: there is no such digest yet. */
export async function countRepeat(ctx: RawCtx, letterId: string): Promise<boolean> {
  return (await sql(ctx).$executeRaw`UPDATE letters SET repeats = repeats + 1 WHERE id = ${letterId}`) === 1;
}

/** A letter in a worker's hands: nobody else carries it while the lease lasts. */
export type CarriedRow = {
  readonly id: string;
  readonly lease: string;
  readonly userId: string | null;
  readonly channel: ChannelName;
  readonly kind: string;
  readonly urgent: boolean;
  readonly destination: string | null;
  readonly content: string | null;
  readonly language: string;
  readonly repeats: number;
  /** This one included. */
  readonly tries: number;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
};

export type Room = Readonly<Record<ChannelName, number>>;

/**
 * Takes at most so many letters of each channel as there is `room` for, under the lease `lease`: codes first, then in the order of the moments that
 * they tell of. Any number of workers may ask at once; none gets what another carries. In an ordered queue (one person's letters of a
 * channel and an urgency) one letter is under way at a time, and an earlier one that is due goes before the later ones. One that waits for its next try
 * holds up those to the same address only, so that a dead mailbox does not silence the others; codes do not wait for each other's tries.
 *
 * A moment is that of the request (`created_at`), and it stands in the letter too; `seq` orders what one request wrote. A sequence alone orders nothing: a
 * database may hand its numbers out by the hundred to each connection, and a request that began first may write last. Whoever writes behind a
 * letter that is under way has lost their place, and waits until it is over. Two portals whose clocks differ by the two seconds that are allowed may
 * so tell of two things within these two seconds the other way round, each with its own time.
 */
export function takeLetters(
  ctx: RawCtx,
  { lease, room }: { readonly lease: string; readonly room: Room },
): Promise<CarriedRow[]> {
  return sql(ctx).$queryRaw<CarriedRow[]>`
    WITH waiting AS (
      SELECT id, created_at, seq, urgent, channel, queue, address, tries, not_before <= ${ctx.now} AS due, coalesce(leased_until > ${ctx.now}, false) AS carried
      FROM letters WHERE sent_at IS NULL AND parked_at IS NULL
        AND (leased_until > ${ctx.now} OR expires_at IS NULL OR expires_at > ${ctx.now})),
    judged AS (
      SELECT *, bool_or(carried) OVER (PARTITION BY queue) AS under_way,
        bool_or(tries > 0 AND NOT due AND NOT carried AND NOT urgent) OVER (PARTITION BY queue, address ${beforeIt}) AS behind_retry
      FROM waiting),
    heads AS (
      SELECT DISTINCT ON (queue) id, created_at, seq, urgent, channel, under_way FROM judged
      WHERE due AND NOT carried AND behind_retry IS NOT TRUE ORDER BY queue, created_at, seq),
    mail AS (${nextOf(ctx, "mail", room.mail)}),
    sms AS (${nextOf(ctx, "sms", room.sms)}),
    taken AS (
      UPDATE letters l SET lease = ${lease}, leased_until = ${later(ctx.now, letterRules.lease)}, tries = l.tries + 1
      FROM (SELECT id FROM mail UNION ALL SELECT id FROM sms) AS next WHERE l.id = next.id RETURNING l.*)
    SELECT id, lease, user_id AS "userId", channel, kind, urgent, destination, content, language, repeats, tries,
      created_at AS "createdAt", expires_at AS "expiresAt" FROM taken ORDER BY urgent DESC, created_at, seq`;
}

/** Every waiting letter is looked at once, in the order of its queue: a look for each pair of them would take minutes for a few thousand. */
const beforeIt = Prisma.sql`ORDER BY created_at, seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING`;

const spare = 50; // looked at besides, because other workers may hold the first ones

/** The first of their queues, locked: what another worker took since the look began is passed over. */
const nextOf = (ctx: RawCtx, channel: ChannelName, count: number) => Prisma.sql`
  SELECT l.id FROM letters l
  WHERE l.id = ANY(ARRAY(SELECT id FROM heads WHERE channel = ${channel} AND NOT under_way ORDER BY urgent DESC, created_at, seq LIMIT ${count + spare}::int))
    AND l.sent_at IS NULL AND l.parked_at IS NULL AND l.not_before <= ${ctx.now} AND (l.leased_until IS NULL OR l.leased_until <= ${ctx.now})
  ORDER BY l.urgent DESC, l.created_at, l.seq LIMIT ${count}::int FOR UPDATE SKIP LOCKED`;

type Held = Pick<CarriedRow, "id" | "lease">;

/** Still this worker's: a lease that was over may have been taken by another. */
const heldBy = ({ id, lease }: Held) =>
  Prisma.sql`id = ${id} AND lease = ${lease} AND sent_at IS NULL AND parked_at IS NULL`;

/** It has left: nothing of it is kept but that it did. False when the lease was lost. */
export async function markSent(ctx: RawCtx, held: Held): Promise<boolean> {
  const done = await sql(ctx).$executeRaw`
    UPDATE letters SET sent_at = ${ctx.now}, destination = NULL, content = NULL, last_fault = NULL, lease = NULL, leased_until = NULL
    WHERE ${heldBy(held)}`;
  return done === 1;
}

/** It waits for its next try. */
export async function postponeLetter(
  ctx: RawCtx,
  held: Held & { readonly until: Date; readonly fault: string },
): Promise<boolean> {
  const done = await sql(ctx).$executeRaw`
    UPDATE letters SET not_before = ${held.until}, last_fault = ${held.fault}, lease = NULL, leased_until = NULL WHERE ${heldBy(held)}`;
  return done === 1;
}

/** As if it had not been taken. */
export async function giveBackLetter(ctx: RawCtx, held: Held): Promise<boolean> {
  const done = await sql(ctx).$executeRaw`
    UPDATE letters SET tries = tries - 1, lease = NULL, leased_until = NULL WHERE ${heldBy(held)}`;
  return done === 1;
}

/** Given up. `keep`: its sealed content stays for a while, so that an operator can have it sent after all. */
export async function parkLetter(
  ctx: RawCtx,
  held: Held & { readonly fault: string; readonly keep: boolean },
): Promise<boolean> {
  const done = await sql(ctx).$executeRaw`
    UPDATE letters SET parked_at = ${ctx.now}, last_fault = ${held.fault}, lease = NULL, leased_until = NULL,
      destination = CASE WHEN ${held.keep}::boolean THEN destination END, content = CASE WHEN ${held.keep}::boolean THEN content END
    WHERE ${heldBy(held)}`;
  return done === 1;
}

/** Deletes what may still leave of the letters about something that is over (`idAbout`), but what a worker has in its hands; a part of a statement. */
export const withoutUnsent = (ctx: RawCtx, about: string): Prisma.Sql => Prisma.sql`
  DELETE FROM letters WHERE starts_with(id, ${idAbout(about, "")}) AND sent_at IS NULL AND parked_at IS NULL AND (leased_until IS NULL OR leased_until <= ${ctx.now})`;

/** What is told of a letter that was given up. */
export type ParkedRow = {
  readonly userId: string | null;
  readonly kind: string;
  readonly channel: string;
  readonly tries: number;
  readonly fault: string;
};

/** A letter that nobody wants any more and that no worker carries: it is given up, also where no worker works that would say so. A part of a statement. */
export const isOverdue = (ctx: RawCtx): Prisma.Sql => Prisma.sql`
  (sent_at IS NULL AND parked_at IS NULL AND expires_at <= ${ctx.now} AND (leased_until IS NULL OR leased_until <= ${ctx.now}))`;

/** Gives up to `limit` letters up that nobody wants any more, and wipes them. Each goes to one caller. */
export function parkOverdue(ctx: RawCtx, limit: number): Promise<ParkedRow[]> {
  return sql(ctx).$queryRaw<ParkedRow[]>`
    UPDATE letters SET parked_at = ${ctx.now}, destination = NULL, content = NULL, lease = NULL, leased_until = NULL,
      last_fault = CASE WHEN last_fault IS NULL THEN 'too late' ELSE 'too late; ' || last_fault END
    WHERE id IN (SELECT id FROM letters WHERE ${isOverdue(ctx)} LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)
    RETURNING user_id AS "userId", kind, channel, tries, last_fault AS fault`;
}

/**
 * Deletes up to `limit` letters that have left, were given up, or waited long past the day when anybody wanted them (their channel may be off
 * for good). Out: how many.
 */
export const sweepLetters = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM letters WHERE id IN (SELECT id FROM letters WHERE sent_at < ${earlier(ctx.now, policy.retention.sentLetters)}
    OR parked_at < ${earlier(ctx.now, policy.retention.parkedLetters)}
    OR sent_at IS NULL AND parked_at IS NULL AND expires_at < ${earlier(ctx.now, policy.retention.parkedLetters)}
    LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;

/** Wipes up to `limit` letters: what a parked one kept for another try, and what nobody wants any more while no outbox worker works. Out: how many. */
export const sweepContents = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  UPDATE letters SET destination = NULL, content = NULL WHERE id IN (SELECT id FROM letters WHERE content IS NOT NULL
    AND (parked_at < ${earlier(ctx.now, letterRules.keepParked)} OR sent_at IS NULL AND parked_at IS NULL AND expires_at < ${ctx.now})
    LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
