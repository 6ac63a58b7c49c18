import { closedPassword, type Pass } from "@/lib/challenge/challenge";
import { type RawCtx, sql } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { Prisma } from "@/lib/db/client";
import { later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** A reset that may set the password: whose, the security stamp under which, and the login e-mail of that stamp. `byLetter`: a link or code that was sent there began it. */
export type ConcludedReset = {
  readonly userId: string;
  readonly from: number;
  readonly email: string;
  readonly byLetter: boolean;
};

const named = ({ challengeId, tokenId, clientId }: Pass): Prisma.Sql => Prisma.sql`
  c.id = ${challengeId} AND c.token_hash = ${sha256(tokenId)} AND c.client_id = ${clientId} AND c.purpose = 'RESET'`;

/**
 * SATISFIED → CONSUMED, for the password that its caller sets in the same transaction: the row for one caller, while its time runs and the account has not
 * moved. That password raises the stamp by one, and under that stamp the login that follows finds this row (`claimReset`).
 */
export async function concludeReset(ctx: RawCtx, pass: Pass): Promise<ConcludedReset | null> {
  const rows = await sql(ctx).$queryRaw<ConcludedReset[]>`
    UPDATE challenges c SET state = 'CONSUMED', credential_version = c.credential_version + 1, new_password = NULL,
      expires_at = ${later(ctx.now, policy.reset.claimWithin)}
    FROM users u WHERE ${named(pass)} AND c.state = 'SATISFIED' AND c.expires_at > ${ctx.now}
      AND u.id = c.user_id AND u.credential_version = c.credential_version AND u.disabled_at IS NULL
    RETURNING c.user_id AS "userId", c.credential_version - 1 AS from, u.email, c.reason IS DISTINCT FROM ${closedPassword} AS "byLetter"`;
  return rows[0] ?? null;
}

type Claiming = { readonly pass: Pass; readonly userId: string; readonly credentialVersion: number };

/**
 * The second factor that this browser gave for a reset of this account, once, while its time runs and nothing of the account has changed since. Null for all
 * callers but one, and where nothing was asked.
 */
export async function claimReset(ctx: RawCtx, { pass, userId, credentialVersion }: Claiming): Promise<string | null> {
  const rows = await sql(ctx).$queryRaw<{ kind: string | null }[]>`
    UPDATE challenges c SET state = 'DEAD'
    WHERE ${named(pass)} AND c.state = 'CONSUMED' AND c.expires_at > ${ctx.now} AND c.user_id = ${userId}
      AND c.credential_version = ${credentialVersion}::int RETURNING c.satisfied_with AS kind`;
  return rows[0]?.kind ?? null;
}

/** The sealed hash of the password that waits behind a reset through an app; null where none does. */
export async function findNewPassword(ctx: RawCtx, challengeId: string): Promise<string | null> {
  const rows = await sql(ctx).$queryRaw<{ sealed: string | null }[]>`
    SELECT new_password AS sealed FROM challenges WHERE id = ${challengeId} AND purpose = 'RESET'`;
  return rows[0]?.sealed ?? null;
}
