import { type RawCtx, sql } from "@/lib/context/context";
import { secretSealedFor } from "@/lib/crypto/factor-secret";
import { seal } from "@/lib/crypto/seal";
import type { Factor } from "@/lib/factors/factor";
import { type PasskeyData, type PasskeyKey, writeKey } from "@/lib/factors/passkey/data";
import type { Keeper } from "@/lib/factors/passkey/names";
import { factorColumns } from "@/lib/factors/store";

const kind = "passkey";

/** The passkey that a credential's handle names, whoever has it. */
export async function findByCredential(ctx: RawCtx, handle: string): Promise<Factor | null> {
  const rows = await sql(ctx).$queryRaw<Factor[]>`
    SELECT ${factorColumns} FROM factors f WHERE f.handle = ${handle} AND f.kind = ${kind} AND f.state = 'ACTIVE'`;
  return rows[0] ?? null;
}

type Binding = { readonly handle: string; readonly key: PasskeyKey; readonly data: PasskeyData };

/**
 * Gives a factor that was just confirmed its key; making it was its first use, as with every other kind, unless nobody was asked. True for one caller. Throws what `isTaken` recognises when somebody has this credential: the unique index decides, also
 * among parallel calls.
 */
export async function storeKey(
  ctx: RawCtx,
  { id, userId }: Pick<Factor, "id" | "userId">,
  { handle, key, data }: Binding,
): Promise<boolean> {
  const stored = await sql(ctx).$executeRaw`
    UPDATE factors SET last_used_at = ${data.unasked ? null : ctx.now}, secret = ${seal(writeKey(key), secretSealedFor(userId, id))}, handle = ${handle}, data = ${JSON.stringify(data)}::jsonb
    WHERE id = ${id} AND user_id = ${userId} AND kind = ${kind} AND secret IS NULL`;
  return stored === 1;
}

type Use = {
  readonly counter: number;
  readonly backedUp: boolean;
  /** Its person was verified behind a password: one that nobody was asked about opens both doors from now on. */
  readonly serves?: boolean;
};

/**
 * Notes an answer: its counter has to be later than that of the last one, unless the authenticator keeps none (both are 0) or the key may be in several places, each of
 * which counts by itself. True for one caller of each counter.
 */
export async function noteUse(
  ctx: RawCtx,
  { id, userId }: Pick<Factor, "id" | "userId">,
  { counter, backedUp, serves = false }: Use,
): Promise<boolean> {
  const noted = await sql(ctx).$executeRaw`
    UPDATE factors SET last_used_at = ${ctx.now},
      data = CASE WHEN ${serves}::boolean AND data ? 'unasked' THEN (data - 'unasked') || '{"uvAtBinding": true}' ELSE data END || jsonb_build_object('backedUp', ${backedUp}::boolean, 'counter', GREATEST(${counter}::bigint, (data->>'counter')::bigint))
    WHERE id = ${id} AND user_id = ${userId} AND kind = ${kind} AND state = 'ACTIVE'
      AND ((data->>'counter')::bigint < ${counter}::bigint OR (${counter}::bigint = 0 AND (data->>'counter')::bigint = 0) OR (data->>'backupEligible')::boolean)`;
  return noted === 1;
}

/**
 * Is every passkey known here that people have? Not from a restore on, which has forgotten those that were bound since the backup, until the operator vouches that nothing
 * newer will be brought back: what is still unknown then is good for nothing any more.
 */
export async function knowsEveryPasskey(ctx: RawCtx): Promise<boolean> {
  const rows = await sql(ctx).$queryRaw<{ knows: boolean }[]>`
    SELECT NOT EXISTS (SELECT FROM restores WHERE vouched_at IS NULL) AS knows`;
  return rows[0]?.knows === true;
}

/** Everybody with a passkey who may log in, by e-mail. */
export const listKeepers = (ctx: RawCtx): Promise<Keeper[]> => sql(ctx).$queryRaw<Keeper[]>`
  SELECT u.id AS "userId", u.email, u.is_admin AS "isAdmin", u.policy,
    ARRAY(SELECT f.data->>'rpId' FROM factors f WHERE f.user_id = u.id AND f.state = 'ACTIVE' AND f.kind = ${kind} ORDER BY 1) AS names,
    ARRAY(SELECT DISTINCT f.kind FROM factors f WHERE f.user_id = u.id AND f.state = 'ACTIVE' AND f.kind <> ${kind}) AS others,
    (SELECT count(*)::int FROM recovery_codes c WHERE c.user_id = u.id AND c.used_at IS NULL AND c.active_at IS NOT NULL) AS codes
  FROM users u WHERE u.disabled_at IS NULL AND EXISTS (SELECT 1 FROM factors f WHERE f.user_id = u.id AND f.state = 'ACTIVE' AND f.kind = ${kind})
  ORDER BY u.email`;
