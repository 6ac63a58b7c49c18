/** A page of rows behind `after`, in an order that their own columns give; null: the first one. */
type ListPage<Row> = (after: Row | null) => Promise<readonly Row[]>;

/**
 * All rows of a list, read `size` at a time, each page behind the last row of the one before: so whatever becomes of a row, and whether its work fails, it is met once, and
 * those behind it are met too. Throws what the list throws.
 */
export async function* inPages<Row>(size: number, list: ListPage<Row>): AsyncGenerator<Row> {
  for (let after: Row | null = null; ; ) {
    const page: readonly Row[] = await list(after);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < size) return;
    after = last;
  }
}
