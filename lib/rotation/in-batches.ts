/** How many rows of a table are looked at at once. */
export const batch = 500;

/**
 * Walks through a table in the order of its rows' names. `list`: the next rows after a name, at most a batch of them; `work`: what is done
 * with each, one after the other.
 */
export async function inBatches<Row extends { readonly id: string }>(
  list: (after: string) => Promise<readonly Row[]>,
  work: (row: Row) => Promise<void>,
): Promise<void> {
  for (let after = ""; ; ) {
    const rows = await list(after);
    for (const row of rows) await work(row);
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = last.id;
  }
}
