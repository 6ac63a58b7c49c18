import { insertOwnEvents, type OwnEvent } from "@/lib/audit/store";
import type { Pass } from "@/lib/challenge/challenge";
import { type RawCtx, sql } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { Prisma } from "@/lib/db/client";
import { earlier, inSeconds } from "@/lib/kernel/duration";
import { clientTraits } from "@/lib/policy/clients";
import { policy } from "@/lib/policy/policy";
import { firstDoor } from "@/lib/policy/traits";
import { trustAmr } from "@/lib/policy/trust";
import {
  type ClaimedTurns,
  claimedTurns,
  deviceEvents,
  holdTrusted,
  knowDevice,
  noDevice,
  type OfferedDevice,
} from "@/lib/sessions/devices/claiming/store";
import { insertSession, type OfferedSession, sessionEvents } from "@/lib/sessions/store";
import { type ProfileRow, profileJson } from "@/lib/users/profile/store";
import { loginOf } from "@/lib/users/store";

/** A satisfied login goes on under the stamp that its own binding has raised. `step`: that of the code which bound it, if there is one. */
export async function restampChallenge(
  ctx: RawCtx,
  id: string,
  { version, step }: { readonly version: number; readonly step: number | null },
): Promise<void> {
  await sql(ctx).$executeRaw`
    UPDATE challenges SET credential_version = ${version}::int, satisfied_step = ${step}::int WHERE id = ${id} AND state = 'SATISFIED'`;
}

/** Consumes one try of a claim of a satisfied login. Out: whether there was a try left, and whether there is another. */
export async function consumeClaimTry(ctx: RawCtx, id: string): Promise<{ readonly attemptsLeft: number } | null> {
  const rows = await sql(ctx).$queryRaw<{ attemptsLeft: number }[]>`
    UPDATE challenges SET attempts_left = attempts_left - 1
    WHERE id = ${id} AND state = 'SATISFIED' AND attempts_left > 0 AND expires_at > ${ctx.now} RETURNING attempts_left AS "attemptsLeft"`;
  return rows[0] ?? null;
}

/** Refunds one try of a claim that could not be decided. */
export async function refundClaimTry(ctx: RawCtx, id: string): Promise<void> {
  await sql(ctx)
    .$executeRaw`UPDATE challenges SET attempts_left = attempts_left + 1 WHERE id = ${id} AND state = 'SATISFIED'`;
}

/**
 * Gives a login that binds a factor, once, another token and more time: setting up takes longer than typing a code. The old token is void.
 * False when it had that before, or is no longer open.
 */
export async function prolongChallenge(
  ctx: RawCtx,
  id: string,
  to: { readonly tokenId: string; readonly expiresAt: Date },
) {
  const prolonged = await sql(ctx).$executeRaw`
    UPDATE challenges SET token_hash = ${sha256(to.tokenId)}, expires_at = ${to.expiresAt}
    WHERE id = ${id} AND state = 'OPEN' AND purpose = 'LOGIN' AND expires_at > ${ctx.now}
      AND expires_at <= created_at + make_interval(secs => ${inSeconds(policy.challenge.lifetime)}::int)`;
  return prolonged === 1;
}

/** What a claimed login opened, and what it wrote about that. */
export type Claimed = {
  readonly userId: string;
  readonly profile: ProfileRow;
  /** Its browser became a known device by it. */
  readonly isNewDevice: boolean;
  /** Of what a new device's browser held before, hashed: what it still holds beside. */
  readonly beside: readonly string[];
  /** Its browser was a known device before. */
  readonly isKnownDevice: boolean;
  /** Of the trust in its browser; null: it is not trusted. */
  readonly turns: ClaimedTurns | null;
  /** They had logged in before. */
  readonly hadLogin: boolean;
  /** What they read before: whoever logs in now may be somebody else. */
  readonly readBefore: string | null;
  readonly told: OwnEvent[];
};

/** What a kind of second proof adds to a session, by kind; which kinds make a device a known one, and after which it may be trusted. */
export type Proofs = {
  readonly amrOf: Readonly<Record<string, string>>;
  readonly deviceKinds: readonly string[];
  readonly trustKinds: readonly string[];
};

/** `trusts`: the person asked that this browser be trusted, and may. */
type Opening = { readonly session: OfferedSession; readonly device: OfferedDevice | null; readonly trusts: boolean };

/**
 * SATISFIED → CONSUMED as long as its client may wait, and under the very token that was handed out; with it, in the one statement, the login is noted
 * with the account, the device is known, the session's row is there and the events tell it. Null for all callers but one, and when the account is no longer
 * the one that the challenge was opened for, or no longer trusts the device that stood for the second step: then nothing is opened.
 */
export async function claimSatisfied(
  ctx: RawCtx,
  pass: Pass,
  { amrOf, deviceKinds, trustKinds }: Proofs,
  opening: Opening,
): Promise<Claimed | null> {
  const [entrant, claimed, account] = [Prisma.sql`entrant`, Prisma.sql`claimed`, Prisma.sql`account`];
  const byTrust = Prisma.sql`${trustAmr} = ANY(c.first_amr)`;
  const rows = await sql(ctx).$queryRaw<Claimed[]>`
    WITH claimed AS (
      UPDATE challenges SET state = 'CONSUMED'
      WHERE id = ${pass.challengeId} AND token_hash = ${sha256(pass.tokenId)} AND client_id = ${pass.clientId} AND purpose = 'LOGIN' AND state = 'SATISFIED'
        AND ${isInTime(ctx, pass)} RETURNING *
    ), account AS (${loginOf(ctx, claimed)}), trusted AS (${holdTrusted(claimed, account, byTrust)}), entrant AS (
      SELECT c.user_id, c.credential_version, c.device_id, c.id AS challenge_id, c.client_id, c.is_shared, ${byTrust} AS by_trust,
        ${opening.trusts}::boolean AND NOT c.is_shared AND COALESCE(c.satisfied_with = ANY(${[...trustKinds]}::text[]), false) AS trusts, COALESCE(c.satisfied_with, ${firstDoor}) AS proven_with,
        CASE WHEN c.satisfied_with IS NULL THEN c.first_amr
             ELSE array_append(c.first_amr, ${JSON.stringify(amrOf)}::jsonb ->> c.satisfied_with) END AS amr
      FROM claimed c JOIN account ON account.id = c.user_id
      WHERE (c.satisfied_with IS NULL OR jsonb_exists(${JSON.stringify(amrOf)}::jsonb, c.satisfied_with)) AND (NOT ${byTrust} OR EXISTS (SELECT FROM trusted))
    ), ${opening.device ? knowDevice(ctx, opening.device, entrant, deviceKinds) : noDevice}, ${insertSession(ctx, opening.session, entrant, Prisma.sql`device`)},
    told AS (${insertOwnEvents(ctx, Prisma.sql`(${deviceEvents} UNION ALL ${sessionEvents})`)})
    SELECT e.user_id AS "userId", (SELECT ${profileJson(Prisma.sql`a`)} FROM account a) AS profile, EXISTS (SELECT FROM added) AS "isNewDevice", ARRAY(SELECT token_hash FROM beside) AS beside, EXISTS (SELECT FROM known) AS "isKnownDevice", ${claimedTurns} AS turns, before.language AS "readBefore", before.last_login_at IS NOT NULL AS "hadLogin",
      (SELECT jsonb_agg(to_jsonb(told)) FROM told) AS told FROM entrant e JOIN users before ON before.id = e.user_id`;
  return rows[0] ?? null;
}

/** Whether a satisfied login still waits for its session: for its client's time, or as long as it lives. */
function isInTime(ctx: RawCtx, { clientId }: Pass): Prisma.Sql {
  const { claimLimit } = clientTraits(clientId);
  if (claimLimit === null) return Prisma.sql`expires_at > ${ctx.now}`;
  return Prisma.sql`satisfied_at > ${earlier(ctx.now, claimLimit)}`;
}
