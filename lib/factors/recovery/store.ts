import type { Ctx } from "@/lib/context/context";
import { seal, unseal } from "@/lib/crypto/seal";

export type SavedCode = { readonly id: string; readonly userId: string; readonly setId: string; readonly salt: string; readonly hash: string; readonly format: string; readonly position: number };

/** Under what a saved code's hash is sealed; key rotation asks too. */
export const codeSealedFor = (userId: string, id: string) => ({ use: "enc:recovery", owner: [userId, id] }) as const;

/** The argon2id string of a saved code, or null when its row was damaged or moved. */
export const openHash = (code: Pick<SavedCode, "id" | "userId" | "hash">): string | null => unseal(code.hash, codeSealedFor(code.userId, code.id));

/** The unused codes of a person's active set. */
export function listUnused(ctx: Ctx, userId: string): Promise<SavedCode[]> {
  return ctx.db.recoveryCode.findMany({
    where: { userId, usedAt: null, activeAt: { not: null } },
    orderBy: { position: "asc" },
    select: { id: true, userId: true, setId: true, salt: true, hash: true, format: true, position: true },
  });
}

export function countUnused(ctx: Ctx, userId: string): Promise<number> {
  return ctx.db.recoveryCode.count({ where: { userId, usedAt: null, activeAt: { not: null } } });
}

/** Spends a code: true for one caller. */
export async function consumeSavedCode(ctx: Ctx, code: Pick<SavedCode, "id" | "userId">): Promise<boolean> {
  const { count } = await ctx.db.recoveryCode.updateMany({ where: { id: code.id, userId: code.userId, usedAt: null }, data: { usedAt: ctx.now } });
  return count === 1;
}

export type NewCode = { readonly setId: string; readonly salt: string; readonly phc: string; readonly format: string; readonly position: number };

export async function insertCodes(ctx: Ctx, userId: string, codes: readonly NewCode[]): Promise<void> {
  await ctx.db.recoveryCode.createMany({
    data: codes.map(({ phc, ...code }) => {
      const id = ctx.random.id();
      return { ...code, id, userId, hash: seal(phc, codeSealedFor(userId, id)), activeAt: ctx.now, createdAt: ctx.now };
    }),
  });
}

/** Voids every code of a person, used and unused. */
export async function deleteCodes(ctx: Ctx, userId: string): Promise<number> {
  return (await ctx.db.recoveryCode.deleteMany({ where: { userId } })).count;
}
