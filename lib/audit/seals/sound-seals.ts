import { isNextOf, isVouchedSwept, type Seal } from "@/lib/audit/seals/seal";
import { findSeal, findSwept } from "@/lib/audit/seals/store";
import type { RawDb } from "@/lib/db/client";

/** The seal up to which a portal vouches that everything was swept, checked; null: nothing was. `forged`: one that says so, and no portal did. */
export async function findBeginning(
  db: RawDb,
): Promise<{ readonly seal: Seal | null; readonly forged: null } | { readonly seal: null; readonly forged: number }> {
  const seal = await findSwept(db);
  if (seal === null || isVouchedSwept(seal)) return { seal, forged: null };
  return { seal: null, forged: seal.number };
}

/** True when whoever had the key made this seal: behind the one before, which must be there, unless everything up to this one was swept. */
export async function isSound(db: RawDb, seal: Seal): Promise<boolean> {
  if (isVouchedSwept(seal)) return true;
  if (seal.number === 1) return isNextOf(seal, null);
  const before = await findSeal(db, seal.number - 1);
  return before !== null && isNextOf(seal, before);
}
