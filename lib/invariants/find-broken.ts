import type { RawCtx } from "@/lib/context/context";
import { type Keyring, keyring } from "@/lib/crypto/keyring";
import { unseal } from "@/lib/crypto/seal";
import type { RawDb } from "@/lib/db/client";
import type { Invariant } from "@/lib/invariants/invariant";
import { invariants } from "@/lib/invariants/invariants";
import { countRows, type Rows } from "@/lib/invariants/store";
import { batch, inBatches } from "@/lib/rotation/in-batches";
import { nameOf, type SealedColumn, sealedColumns } from "@/lib/rotation/sealed-columns";
import { listSealed } from "@/lib/rotation/store";

/** A rule that does not hold. */
export type Broken = Pick<Invariant, "name" | "what" | "cure"> & Rows;

/** What must be true of the rows at every moment and is not. */
export async function findBroken(db: RawDb, onEach: () => void = () => undefined): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const { rows, ...rule } of invariants) {
    const found = await countRows(db, rows);
    if (found.count > 0) broken.push({ ...rule, ...found });
    onEach();
  }
  return broken;
}

/** Sealed values that no key of the ring opens, column by column; five hundred of them are in memory at a time. */
export async function findShut(
  ctx: RawCtx,
  onEach: () => void = () => undefined,
  ring: Keyring = keyring(),
): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const column of sealedColumns) {
    const found = await shutIn(ctx, column, ring);
    if (found.count > 0) broken.push({ ...shut(nameOf(column)), ...found });
    onEach();
  }
  return broken;
}

/** How many steps both have together. */
export const steps = invariants.length + sealedColumns.length;

const shut = (column: string) => ({
  name: `sealed.${column}`,
  what: `A sealed value in ${column} that no key of PORTAL_KEYS opens: it was damaged, moved from another row, or its key is gone.`,
  cure: "Where a key is missing bring it back; else restore a backup, or invite that person anew. Which of them: npm run portal -- doctor",
});

async function shutIn(ctx: RawCtx, column: SealedColumn, ring: Keyring): Promise<Rows> {
  let count = 0;
  const examples: string[] = [];
  const people = new Set<string>();
  await inBatches(
    (after) => listSealed(ctx, column, after, batch),
    async (row) => {
      const sealedFor = column.sealedFor(row);
      if (sealedFor !== null && unseal(row.sealed, sealedFor, ring) !== null) return;
      count += 1;
      if (examples.length === 3) return;
      examples.push(row.id);
      if (row.userId !== null) people.add(row.userId);
    },
  );
  return { count, examples, people: [...people] };
}
