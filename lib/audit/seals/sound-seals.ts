import { isNextOf, isVouchedSwept, type Seal } from "@/lib/audit/seals/seal";
import { findSeal, findSwept, highest } from "@/lib/audit/seals/store";
import type { RawDb } from "@/lib/db/client";

/**
 * The seal up to which a portal vouches that everything was swept, checked; null: nothing was. `forged`: one that says so, and no portal did, or what came behind
 * it is gone: whatever was released had a week of younger seals behind it.
 */
export async function findBeginning(
  db: RawDb,
): Promise<{ readonly seal: Seal | null; readonly forged: null } | { readonly seal: null; readonly forged: bigint }> {
  const seal = await findSwept(db);
  if (seal === null) return { seal, forged: null };
  const next = isVouchedSwept(seal) && seal.number < highest ? await findSeal(db, seal.number + 1n) : null;
  return next !== null && isNextOf(next, seal) ? { seal, forged: null } : { seal: null, forged: seal.number };
}

/** True when whoever had the key made this seal behind the one before, which must be there. */
export async function isSound(db: RawDb, seal: Seal): Promise<boolean> {
  if (seal.number <= 1n) return isNextOf(seal, null);
  const before = await findSeal(db, seal.number - 1n);
  return before !== null && isNextOf(seal, before);
}
