import type { RawCtx } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { policy } from "@/lib/policy/policy";
import type { Turns } from "@/lib/sessions/devices/turns";

/* What becomes of a browser's device when a login is claimed there: parts of the one statement that claims it. */

/** A device that a claim may make known: what is made up before the rows say whose it is. */
export type OfferedDevice = {
  readonly id: string;
  readonly tokenHash: string;
  readonly expiresAt: Date;
  /** What the browser's cookie has held until now, hashed, the newest first. */
  readonly before: readonly string[];
  /** Makes the turns of its trust, if that is asked for. */
  readonly turnKey: string;
};

/**
 * The device of a login, as parts of the statement that claims it. The one that the `entrant` came with is noted as used; one that was
 * forgotten between the doors is no device any more. Whoever has none and proved a kind of `deviceKinds` gets the offered one; beyond the cap,
 * and void under the present stamp, the oldest go. `device` has its row, `added` too if it is new. `beside`: which tokens of the cookie
 * stay there with a new one, other people's that are good; the rows of all others go, for no browser will bring them again. Nobody's browser becomes
 * known on a computer that others use too, nor where the trust in a device that is gone has opened the door. `trusts`: its person asked, with a proof that
 * is good for it, that it be trusted; a trust of before ends with that.
 */
export function knowDevice(
  ctx: RawCtx,
  d: OfferedDevice,
  entrant: Prisma.Sql,
  deviceKinds: readonly string[],
): Prisma.Sql {
  const before = Prisma.sql`${[...d.before]}::text[]`;
  return Prisma.sql`
    known AS (UPDATE devices t SET last_used_at = now.at, credential_version = e.credential_version,
        expires_at = CASE WHEN e.trusts THEN GREATEST(t.expires_at, ${d.expiresAt}::timestamptz) ELSE t.expires_at END,
        trusted_at = CASE WHEN e.trusts THEN now.at ELSE t.trusted_at END, trusted_with = CASE WHEN e.trusts THEN e.proven_with ELSE t.trusted_with END,
        turn_key = CASE WHEN e.trusts THEN ${d.turnKey}::text ELSE t.turn_key END, turn = CASE WHEN e.trusts THEN NULL ELSE t.turn END,
        former_turn = CASE WHEN e.trusts THEN NULL ELSE t.former_turn END, turned_at = CASE WHEN e.trusts THEN NULL ELSE t.turned_at END
      FROM ${entrant} AS e, (SELECT ${ctx.now}::timestamptz AS at) AS now WHERE t.id = e.device_id
      RETURNING t.id, t.user_id, t.token_hash, t.turn_key, t.turn, e.trusts),
    added AS (INSERT INTO devices (id, token_hash, user_id, credential_version, agent, created_at, last_used_at, expires_at, trusted_at, trusted_with, turn_key)
      SELECT ${d.id}, ${d.tokenHash}, e.user_id, e.credential_version, ${ctx.visitor.agent}, now.at, now.at, ${d.expiresAt}::timestamptz,
        CASE WHEN e.trusts THEN now.at END, CASE WHEN e.trusts THEN e.proven_with END, CASE WHEN e.trusts THEN ${d.turnKey}::text END
      FROM ${entrant} AS e, (SELECT ${ctx.now}::timestamptz AS at) AS now
      WHERE e.proven_with = ANY(${[...deviceKinds]}::text[]) AND NOT e.is_shared AND NOT e.by_trust AND NOT EXISTS (SELECT FROM known)
      RETURNING id, user_id, credential_version, token_hash, turn_key, turn, trusted_at IS NOT NULL AS trusts),
    beside AS (SELECT b.token_hash FROM added JOIN devices b ON b.token_hash = ANY(${before}) AND b.user_id <> added.user_id AND b.expires_at > ${ctx.now}
      JOIN users u ON u.id = b.user_id AND u.credential_version = b.credential_version
      ORDER BY array_position(${before}, b.token_hash) LIMIT ${policy.device.perBrowser - 1}::int),
    replaced AS (DELETE FROM devices t USING added WHERE t.token_hash = ANY(${before}) AND t.token_hash NOT IN (SELECT token_hash FROM beside)),
    outdated AS (DELETE FROM devices t USING added WHERE t.user_id = added.user_id AND NOT t.token_hash = ANY(${before}) AND t.id NOT IN (
      SELECT id FROM devices o WHERE o.user_id = added.user_id AND o.credential_version = added.credential_version
      AND o.expires_at > ${ctx.now} AND NOT o.token_hash = ANY(${before}) ORDER BY o.last_used_at DESC, o.id LIMIT ${policy.device.perPerson - 1}::int)),
    device AS (SELECT id FROM known UNION ALL SELECT id FROM added)`;
}

/** In the place of `knowDevice` where no browser's cookie could remember the login: an app's. */
export const noDevice: Prisma.Sql = Prisma.sql`
    known AS (SELECT NULL::text AS id, NULL::text AS user_id, NULL::text AS token_hash, NULL::text AS turn_key, NULL::text AS turn, false AS trusts WHERE false),
    added AS (SELECT * FROM known), beside AS (SELECT NULL::text AS token_hash WHERE false), device AS (SELECT id FROM added)`;

/** What `knowDevice` tells. */
export const deviceEvents: Prisma.Sql = Prisma.sql`
  SELECT 'device.trusted' AS name, user_id AS subject_id, NULL AS session_ref, jsonb_build_object('device', id) AS meta FROM added
  UNION ALL SELECT 'device.trust_given', user_id, NULL, jsonb_build_object('device', id) FROM (
    SELECT id, user_id, trusts FROM known UNION ALL SELECT id, user_id, trusts FROM added) AS kept WHERE trusts`;

/** The trust of the device of a login, for what its browser keeps from then on: null where it is not trusted. */
export const claimedTurns: Prisma.Sql = Prisma.sql`
  (SELECT jsonb_build_object('tokenHash', token_hash, 'turnKey', turn_key, 'turn', turn, 'isGiven', trusts) FROM (
    SELECT token_hash, turn_key, turn, trusts FROM known UNION ALL SELECT token_hash, turn_key, turn, trusts FROM added) AS kept WHERE turn_key IS NOT NULL)`;

/** What `claimedTurns` tells. */
export type ClaimedTurns = Turns & { readonly tokenHash: string; readonly isGiven: boolean };

/** The trusted device of a login that was satisfied by it alone, held until the login is claimed: a part of a statement. `byTrust`: of a row `c`. */
export const holdTrusted = (claimed: Prisma.Sql, account: Prisma.Sql, byTrust: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT d.id FROM devices d JOIN ${claimed} AS c ON c.device_id = d.id AND c.credential_version = d.credential_version
    JOIN ${account} AS a ON a.id = d.user_id WHERE d.trusted_at IS NOT NULL AND ${byTrust} FOR UPDATE OF d`;
