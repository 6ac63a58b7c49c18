import { insertOwnEvents, type OwnEvent } from "@/lib/audit/store";
import type { Challenge, Pass, Purpose } from "@/lib/challenge/challenge";
import { tooManyHalfLogins } from "@/lib/challenge/half-logins/store";
import { lastly, type RawCtx, sql } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { Prisma } from "@/lib/db/client";
import { earlier } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import type { ConsumedAddress } from "@/lib/throttle/consume-address";
import { type CounterTry, factorTry } from "@/lib/throttle/consume-factor-try";
import { type FactorCounter, keysOfCounter } from "@/lib/throttle/factor-buckets";
import { addressRefund, lastRefunded } from "@/lib/throttle/windows/store";
import { beforeTheMove } from "@/lib/users/contacts/store";

export type NewChallenge = {
  readonly id: string;
  readonly tokenId: string;
  readonly userId: string;
  readonly purpose: Purpose;
  readonly state: "OPEN" | "SATISFIED";
  readonly clientId: string;
  readonly firstAmr: readonly string[];
  readonly credentialVersion: number;
  readonly sessionId: string | null;
  readonly deviceId: string | null;
  readonly isShared: boolean;
  readonly returnTo: string;
  readonly reason: string | null;
  /** The link that a reset spends; none elsewhere. */
  readonly linkId?: string | null;
  /** What satisfied it already; null: it is open, or nothing was asked. */
  readonly satisfiedWith?: string | null;
  /** The sealed hash of the password that waits behind a reset through an app. */
  readonly newPassword?: string | null;
  readonly expiresAt: Date;
  /** What a login consumed of its address: it is refunded with the opening. */
  readonly address: ConsumedAddress;
  /** The network that a stranger's half login is counted in; null: it is none. */
  readonly network: string | null;
};

/** Opens a challenge at once. Out: the events of the half logins that went, to be announced. */
export async function insertChallenge(ctx: RawCtx, c: NewChallenge): Promise<readonly OwnEvent[]> {
  const { terms, returns } = opening(ctx, c);
  const rows = await sql(ctx).$queryRaw<{ died: OwnEvent[] }[]>`WITH ${terms} SELECT ${returns} AS died`;
  return rows[0]?.died ?? [];
}

/** The same with the last statement of the transaction: for whoever reads nothing of it there. `told` is handed those events. */
export const insertChallengeLastly = (
  ctx: RawCtx,
  c: NewChallenge,
  told: (died: readonly OwnEvent[]) => void,
): Promise<void> => lastly(ctx, () => ({ ...opening(ctx, c), told }));

/**
 * Opens a challenge, refunds what it consumed of its address, lets the half logins go that are too many then, and writes the events of that, as parts of one statement. The
 * caller's transaction holds the account's row since a statement before, so that logins of one account queue and each counts those before it.
 */
function opening(ctx: RawCtx, c: NewChallenge) {
  const satisfiedAt = c.state === "SATISFIED" ? ctx.now : null;
  const back = c.address.length === 0 ? Prisma.empty : Prisma.sql`, ${addressRefund(ctx, c.userId, c.address, opened)}`;
  const deaths = Prisma.sql`(SELECT 'challenge.died' AS name, ${c.userId}::text AS subject_id, NULL::text AS session_ref,
      jsonb_build_object('challenge', id, 'purpose', ${c.purpose}::text) AS meta FROM gone)`;
  const terms = Prisma.sql`opened AS (
      INSERT INTO challenges (id, user_id, token_hash, purpose, state, client_id, first_amr, attempts_left, paid, credential_version,
                              session_id, device_id, is_shared, network, return_to, reason, link_id, satisfied_with, new_password, created_at, expires_at, satisfied_at)
      VALUES (${c.id}, ${c.userId}, ${sha256(c.tokenId)}, ${c.purpose}, ${c.state}, ${c.clientId}, ${[...c.firstAmr]}::text[], ${policy.challenge.judgedTries}::int,
              '{}', ${c.credentialVersion}::int, ${c.sessionId}, ${c.deviceId}, ${c.isShared}::boolean, ${c.network}, ${c.returnTo}, ${c.reason},
              ${c.linkId ?? null}, ${c.satisfiedWith ?? null}, ${c.newPassword ?? null}, ${ctx.now}, ${c.expiresAt}, ${satisfiedAt}::timestamptz)
      RETURNING id)${back}, gone AS (${tooManyHalfLogins(ctx, c)}), died AS (${insertOwnEvents(ctx, deaths)})`;
  // the address before whatever the transaction's last statement takes behind it, as everybody takes them
  const inOrder = Prisma.sql`(SELECT count(*) FROM ${c.address.length === 0 ? opened : lastRefunded(c.address)}) >= 0`;
  return {
    terms,
    returns: Prisma.sql`CASE WHEN ${inOrder} THEN (SELECT coalesce(jsonb_agg(to_jsonb(died)), '[]') FROM died) END`,
  };
}

/** The row of a challenge that was just opened, for `addressRefund`. */
export const opened = Prisma.sql`opened`;

/** The challenge that a pass names, while it can still be answered or claimed and the account has not moved since. */
export async function findLiveChallenge(ctx: RawCtx, pass: Pass): Promise<Challenge | null> {
  const rows = await sql(ctx).$queryRaw<Challenge[]>`
    SELECT c.id, c.user_id AS "userId", u.email, u.is_admin AS "isAdmin", u.policy, c.purpose, c.state, c.client_id AS "clientId", c.attempts_left AS "attemptsLeft",
      c.satisfied_with AS "satisfiedWith", c.satisfied_step AS "satisfiedStep",
      c.first_amr AS "firstAmr", c.credential_version AS "credentialVersion",
      c.session_id AS "sessionId", c.device_id AS "deviceId", c.is_shared AS "isShared", c.return_to AS "returnTo", c.reason, c.link_id AS "linkId",
      CASE WHEN c.purpose = 'RESET' THEN LEAST(CASE WHEN u.password_hash IS NULL THEN u.password_closed_at END, ${beforeTheMove(ctx, Prisma.sql`u.id`)}) END AS "onlyBefore", c.created_at AS "createdAt", c.expires_at AS "expiresAt"
    FROM challenges c JOIN users u ON u.id = c.user_id AND u.credential_version = c.credential_version AND u.disabled_at IS NULL
    WHERE c.id = ${pass.challengeId} AND c.token_hash = ${sha256(pass.tokenId)} AND c.client_id = ${pass.clientId} AND c.expires_at > ${ctx.now} AND c.state IN ('OPEN', 'SATISFIED')`;
  return rows[0] ?? null;
}

/** A challenge in whatever state it is, for telling what became of it. `isCurrent`: the account has not moved since. */
export type EndedChallenge = {
  readonly purpose: Purpose;
  readonly reason: string | null;
  readonly state: "OPEN" | "SATISFIED" | "CONSUMED" | "DEAD";
  readonly attemptsLeft: number;
  readonly expiresAt: Date;
  readonly sessionId: string | null;
  readonly isCurrent: boolean;
};

/** The challenge that a pass names, also after its end; null when nothing of it is left. */
export async function findEndedChallenge(ctx: RawCtx, pass: Pass): Promise<EndedChallenge | null> {
  const rows = await sql(ctx).$queryRaw<EndedChallenge[]>`
    SELECT c.purpose, c.reason, c.state, c.attempts_left AS "attemptsLeft", c.expires_at AS "expiresAt", c.session_id AS "sessionId",
      (u.credential_version = c.credential_version AND u.disabled_at IS NULL) AS "isCurrent"
    FROM challenges c JOIN users u ON u.id = c.user_id
    WHERE c.id = ${pass.challengeId} AND c.token_hash = ${sha256(pass.tokenId)} AND c.client_id = ${pass.clientId}`;
  return rows[0] ?? null;
}

/** A challenge that had a try left has one row under this name, for `factorTry`. */
const tried = Prisma.sql`tried`;

/**
 * Consumes one try, and one of each bucket of its counter, in one statement, and notes of which. Out: how many of them had room, and what
 * this try closes. Null: no try is left, or it is no longer open; then nothing was consumed of the buckets either.
 */
export async function consumeChallengeTry(
  ctx: RawCtx,
  id: string,
  counter: FactorCounter | null,
): Promise<({ readonly attemptsLeft: number } & CounterTry) | null> {
  const keys = counter ? keysOfCounter(counter) : [];
  const ofCounter = counter ? factorTry(ctx, counter, tried) : Prisma.sql`rooms AS (SELECT NULL AS closes WHERE false)`;
  const rows = await sql(ctx).$queryRaw<({ attemptsLeft: number } & CounterTry)[]>`
    WITH tried AS (
      UPDATE challenges SET attempts_left = attempts_left - 1, paid = paid || ${keys}::text[]
      WHERE id = ${id} AND state = 'OPEN' AND attempts_left > 0 AND expires_at > ${ctx.now} RETURNING attempts_left
    ), ${ofCounter}
    SELECT attempts_left AS "attemptsLeft", (SELECT count(*)::int FROM rooms) AS rooms,
      (SELECT max(closes) FROM rooms) AS closes FROM tried`;
  return rows[0] ?? null;
}

/** The consumed keys without one mention of each of these: those of other tries of the same challenge stay. */
const consumedWithout = (keys: readonly string[]) => Prisma.sql`ARRAY(
  SELECT one.key FROM (SELECT key, row_number() OVER (PARTITION BY key) AS nth FROM unnest(paid) AS key) AS one
  WHERE NOT (one.nth = 1 AND one.key = ANY(${[...keys]}::text[])))`;

/** Refunds one try: it was never judged. */
export async function refundChallengeTry(ctx: RawCtx, id: string, keys: readonly string[]): Promise<void> {
  await sql(ctx).$executeRaw`
    UPDATE challenges SET attempts_left = attempts_left + 1, paid = ${consumedWithout(keys)} WHERE id = ${id} AND state = 'OPEN'`;
}

/** A judged try whose buckets were refunded: a later success must not take it off a second time. */
export async function noteRefund(ctx: RawCtx, id: string, keys: readonly string[]): Promise<void> {
  await sql(ctx).$executeRaw`UPDATE challenges SET paid = ${consumedWithout(keys)} WHERE id = ${id} AND state = 'OPEN'`;
}

type Satisfied = {
  readonly state: "SATISFIED" | "CONSUMED";
  readonly kind: string;
  readonly step: number | null;
  /** Its new end; unless said, it stays as it is. */
  readonly until?: Date | null;
};

/**
 * Out of the open state, while the account is the one that it was opened for: a login waits to be claimed, a reset for the new password, a step-up is over.
 * Null for all callers but one; else the buckets of its tries.
 */
export async function satisfyChallenge(ctx: RawCtx, id: string, to: Satisfied) {
  const rows = await sql(ctx).$queryRaw<{ consumed: string[] }[]>`
    UPDATE challenges c SET state = ${to.state}, satisfied_with = ${to.kind}, satisfied_step = ${to.step}::int, satisfied_at = ${ctx.now},
      expires_at = COALESCE(${to.until ?? null}::timestamptz, c.expires_at)
    FROM users u WHERE c.id = ${id} AND c.state = 'OPEN' AND c.expires_at > ${ctx.now}
      AND u.id = c.user_id AND u.credential_version = c.credential_version AND u.disabled_at IS NULL RETURNING c.paid AS consumed`;
  return rows[0] ?? null;
}

/** The first half of a step-up in two was right: the challenge stays open for the other one. True for one caller. */
export async function noteFirstHalf(ctx: RawCtx, id: string, amr: string): Promise<boolean> {
  const noted = await sql(ctx).$executeRaw`
    UPDATE challenges c SET first_amr = array_append(c.first_amr, ${amr}) FROM users u
    WHERE c.id = ${id} AND c.state = 'OPEN' AND c.expires_at > ${ctx.now} AND NOT ${amr} = ANY(c.first_amr)
      AND u.id = c.user_id AND u.credential_version = c.credential_version AND u.disabled_at IS NULL`;
  return noted === 1;
}

/** A challenge that will never open anything: cancelled, or out of tries. True for one caller. */
export async function killChallenge(ctx: RawCtx, id: string, state: "OPEN" | "SATISFIED" = "OPEN"): Promise<boolean> {
  return (await sql(ctx).$executeRaw`UPDATE challenges SET state = 'DEAD' WHERE id = ${id} AND state = ${state}`) === 1;
}

/** The same with every one of a client. */
export async function killChallengesOf(ctx: RawCtx, clientId: string): Promise<void> {
  await sql(ctx)
    .$executeRaw`UPDATE challenges SET state = 'DEAD' WHERE client_id = ${clientId} AND state IN ('OPEN', 'SATISFIED')`;
}

/** Deletes up to `limit` challenges that ended long enough ago, but those that somebody holds. Out: how many. */
export const sweepChallenges = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM challenges WHERE id IN (SELECT id FROM challenges WHERE expires_at < ${earlier(ctx.now, policy.retention.challenges)}
    LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
