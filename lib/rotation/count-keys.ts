import type { Ctx } from "@/lib/context/context";
import { nameOf, sealedColumns } from "@/lib/rotation/sealed-columns";
import { countSealed } from "@/lib/rotation/store";

/** How many values of one column one key has sealed. `key` is empty for values that name none. */
export type KeyCount = { readonly column: string; readonly key: string; readonly rows: number };

/** What every key has sealed, column by column. Writes nothing. */
export async function countKeys(ctx: Ctx): Promise<KeyCount[]> {
  const counts: KeyCount[] = [];
  for (const column of sealedColumns) {
    for (const { key, rows } of await countSealed(ctx, column)) counts.push({ column: nameOf(column), key, rows });
  }
  return counts;
}

/** How many of them are not sealed under `primary`. */
export const countOthers = (counts: readonly KeyCount[], primary: string): number =>
  counts.reduce((sum, { key, rows }) => (key === primary ? sum : sum + rows), 0);
