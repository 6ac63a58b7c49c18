import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import { seal, unseal } from "@/lib/crypto/seal";

export type SavedCode = {
  readonly id: string;
  readonly userId: string;
  readonly setId: string;
  readonly salt: string;
  readonly hash: string;
  readonly format: string;
  readonly position: number;
};

/** Under what a saved code's hash is sealed; key rotation asks too. */
export const codeSealedFor = (userId: string, id: string) => ({ use: "enc:recovery", owner: [userId, id] }) as const;

/** The argon2id string of a saved code, or null when its row was damaged or moved. */
export const openHash = (code: Pick<SavedCode, "id" | "userId" | "hash">): string | null =>
  unseal(code.hash, codeSealedFor(code.userId, code.id));

/** The unused codes of a person's active set. */
export function listUnused(ctx: Ctx, userId: string): Promise<SavedCode[]> {
  return ctx.db.recoveryCode.findMany({
    where: { userId, usedAt: null, activeAt: { not: null } },
    orderBy: { position: "asc" },
    select: { id: true, userId: true, setId: true, salt: true, hash: true, format: true, position: true },
  });
}

export async function countUnused(ctx: RawCtx, userId: string): Promise<number> {
  const rows = await sql(ctx).$queryRaw<{ unused: number }[]>`
    SELECT count(*)::int AS unused FROM recovery_codes WHERE user_id = ${userId} AND used_at IS NULL AND active_at IS NOT NULL`;
  return rows[0]?.unused ?? 0;
}

/** Spends a code: true for one caller. */
export async function consumeSavedCode(ctx: RawCtx, code: Pick<SavedCode, "id" | "userId">): Promise<boolean> {
  const spent = await sql(ctx).$executeRaw`
    UPDATE recovery_codes SET used_at = ${ctx.now} WHERE id = ${code.id} AND user_id = ${code.userId} AND used_at IS NULL`;
  return spent === 1;
}

export type NewCode = {
  readonly setId: string;
  readonly salt: string;
  readonly phc: string;
  readonly format: string;
  readonly position: number;
};

/** Stores any number of codes with one statement. */
export async function insertCodes(ctx: RawCtx, userId: string, codes: readonly NewCode[]): Promise<void> {
  const rows = codes.map(({ phc, ...code }) => {
    const id = ctx.random.id();
    return { ...code, id, hash: seal(phc, codeSealedFor(userId, id)) };
  });
  await sql(ctx).$executeRaw`
    INSERT INTO recovery_codes (id, user_id, set_id, salt, hash, format, position, active_at, created_at)
    SELECT c.id, ${userId}, c."setId", c.salt, c.hash, c.format, c.position, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS c(id text, "setId" text, salt text, hash text, format text, position int)`;
}

/** Voids every code of a person, used and unused. */
export async function deleteCodes(ctx: Ctx, userId: string): Promise<number> {
  return (await ctx.db.recoveryCode.deleteMany({ where: { userId } })).count;
}
