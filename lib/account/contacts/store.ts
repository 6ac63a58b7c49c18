import { type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { later } from "@/lib/kernel/duration";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";
import { policy } from "@/lib/policy/policy";

/** An address that waits for the code that proves it; the address is sealed. */
export type ContactProof = {
  readonly id: string;
  readonly userId: string;
  readonly address: string;
  readonly hashes: readonly string[];
};

type Whose = { readonly userId: string; readonly sessionId: string; readonly purpose: ProofPurpose };

type NewProof = Whose & Omit<ContactProof, "hashes"> & { readonly hash: string | null; readonly expiresAt: Date };

/** Begins a proof; the last one for the same purpose is over. `hash`: of the code that is sent; null: none is, and nothing will be right. */
export async function replaceProof(ctx: RawCtx, { hash, ...proof }: NewProof): Promise<void> {
  const hashes = hash === null ? [] : [hash];
  await sql(ctx).$executeRaw`
    INSERT INTO contact_proofs (id, user_id, purpose, address, hashes, session_id, tries_left, created_at, expires_at)
    VALUES (${proof.id}, ${proof.userId}, ${proof.purpose}, ${proof.address}, ${hashes}::text[], ${proof.sessionId}, ${policy.contact.tries}::int, ${ctx.now}, ${proof.expiresAt})
    ON CONFLICT (user_id, purpose) DO UPDATE SET id = EXCLUDED.id, address = EXCLUDED.address, hashes = EXCLUDED.hashes, session_id = EXCLUDED.session_id,
      tries_left = EXCLUDED.tries_left, created_at = EXCLUDED.created_at, expires_at = EXCLUDED.expires_at`;
}

/** Another code for a proof that waits: the earlier ones stay good, because letters overtake one another. False: it is over. */
export async function addProofCode(
  ctx: RawCtx,
  { id, hash, expiresAt }: { readonly id: string; readonly hash: string | null; readonly expiresAt: Date },
): Promise<boolean> {
  const more = hash === null ? [] : [hash];
  const added = await sql(ctx).$executeRaw`
    UPDATE contact_proofs SET hashes = hashes || ${more}::text[], expires_at = ${expiresAt} WHERE id = ${id} AND tries_left > 0 AND expires_at > ${ctx.now}`;
  return added === 1;
}

/** The session that a proof was begun in is there: where an account is locked or taken back it goes, and with it what was begun. */
const isOfSession = Prisma.sql`EXISTS (SELECT FROM sessions s WHERE s.id = session_id)`;

/** The proof that waits in this session, or null. Reading it consumes nothing. */
export async function findProof(
  ctx: RawCtx,
  { userId, sessionId, purpose }: Whose,
): Promise<(ContactProof & { readonly triesLeft: number }) | null> {
  const rows = await sql(ctx).$queryRaw<(ContactProof & { triesLeft: number })[]>`
    SELECT id, user_id AS "userId", address, hashes, tries_left AS "triesLeft" FROM contact_proofs
    WHERE user_id = ${userId} AND session_id = ${sessionId} AND purpose = ${purpose} AND tries_left > 0 AND expires_at > ${ctx.now} AND ${isOfSession}`;
  return rows[0] ?? null;
}

/** Consumes one try before it is judged. Null: there is none left, or the proof is over. */
export async function consumeProofTry(ctx: RawCtx, id: string): Promise<number | null> {
  const rows = await sql(ctx).$queryRaw<{ left: number }[]>`
    UPDATE contact_proofs SET tries_left = tries_left - 1 WHERE id = ${id} AND tries_left > 0 AND expires_at > ${ctx.now} RETURNING tries_left AS left`;
  return rows[0]?.left ?? null;
}

/** Refunds one try: what a right code was typed for did not come about. */
export async function refundProofTry(ctx: RawCtx, id: string): Promise<void> {
  await sql(ctx)
    .$executeRaw`UPDATE contact_proofs SET tries_left = tries_left + 1 WHERE id = ${id} AND tries_left < ${policy.contact.tries}::int`;
}

/** Spends a proof while its session is there: true for one caller. */
export async function spendProof(ctx: RawCtx, id: string): Promise<boolean> {
  const spent = await sql(ctx)
    .$executeRaw`DELETE FROM contact_proofs WHERE id = ${id} AND expires_at > ${ctx.now} AND ${isOfSession}`;
  return spent === 1;
}

/** Deletes up to `limit` proofs that nobody finished. Out: how many. */
export const sweepContactProofs = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM contact_proofs WHERE id IN (SELECT id FROM contact_proofs WHERE expires_at < ${ctx.now} LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;

type NewChange = {
  readonly userId: string;
  readonly former: string;
  readonly formerConfirmedAt: Date | null;
  readonly next: string;
  /** Of the token that takes it back; null: nobody gets one. */
  readonly revertHash: string | null;
};

/** Keeps what a change of the login e-mail took, for as long as it can be taken back. */
export async function insertEmailChange(ctx: RawCtx, change: NewChange): Promise<void> {
  const { userId, former, formerConfirmedAt, next, revertHash } = change;
  await sql(ctx).$executeRaw`
    INSERT INTO email_changes (id, user_id, former, former_confirmed_at, next, revert_hash, changed_at, expires_at)
    VALUES (${ctx.random.id()}, ${userId}, ${former}, ${formerConfirmedAt}, ${next}, ${revertHash}, ${ctx.now}, ${later(ctx.now, policy.contact.revertible)})`;
}

/** A change of the login e-mail, as its link finds it. */
export type FoundChange = {
  readonly userId: string;
  readonly former: string;
  readonly changedAt: Date;
  readonly isOpen: boolean;
  readonly isReverted: boolean;
};

/** The change behind a link's hash, in whatever state; null: there never was one, or nothing is left of it. */
export async function findEmailChange(ctx: RawCtx, hash: string): Promise<FoundChange | null> {
  const rows = await sql(ctx).$queryRaw<FoundChange[]>`
    SELECT c.user_id AS "userId", c.former, c.changed_at AS "changedAt", c.reverted_at IS NOT NULL AS "isReverted",
      c.reverted_at IS NULL AND c.settled_at IS NULL AND c.expires_at > ${ctx.now} AND u.disabled_at IS NULL AS "isOpen"
    FROM email_changes c JOIN users u ON u.id = c.user_id WHERE c.revert_hash = ${hash}`;
  return rows[0] ?? null;
}

/** What is put back. */
export type Reverted = {
  readonly userId: string;
  readonly former: string;
  readonly formerConfirmedAt: Date | null;
  readonly changedAt: Date;
};

/**
 * Takes a change back: its row for one caller, null for all others. Whoever made later changes may be the thief whom it takes the account from: their
 * links end with it.
 */
export async function claimRevert(ctx: RawCtx, hash: string): Promise<Reverted | null> {
  const rows = await sql(ctx).$queryRaw<Reverted[]>`
    WITH claimed AS (
      UPDATE email_changes SET reverted_at = ${ctx.now} WHERE revert_hash = ${hash} AND reverted_at IS NULL AND settled_at IS NULL AND expires_at > ${ctx.now}
        AND EXISTS (SELECT FROM users u WHERE u.id = user_id AND u.disabled_at IS NULL)
      RETURNING id, user_id, former, former_confirmed_at, changed_at
    ), later AS (
      UPDATE email_changes e SET reverted_at = ${ctx.now} FROM claimed c
      WHERE e.user_id = c.user_id AND e.id <> c.id AND e.changed_at >= c.changed_at AND e.reverted_at IS NULL
    ) SELECT user_id AS "userId", former, former_confirmed_at AS "formerConfirmedAt", changed_at AS "changedAt" FROM claimed`;
  return rows[0] ?? null;
}

/** The operator has said which address is somebody's: no change from before can be taken back, keeps an address or asks for older factors. */
export async function settleEmailChanges(ctx: RawCtx, userId: string): Promise<void> {
  await sql(ctx)
    .$executeRaw`UPDATE email_changes SET settled_at = ${ctx.now} WHERE user_id = ${userId} AND settled_at IS NULL`;
}

/** Deletes up to `limit` changes that cannot be taken back any more. Out: how many. */
export const sweepEmailChanges = (ctx: RawCtx, limit: number): Promise<number> => sql(ctx).$executeRaw`
  DELETE FROM email_changes WHERE id IN (SELECT id FROM email_changes WHERE expires_at < ${ctx.now} LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)`;
