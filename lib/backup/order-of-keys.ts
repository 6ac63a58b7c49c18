/** A foreign key: rows of `from` name rows of `to`. */
export type ForeignKey = { readonly from: string; readonly to: string };

/**
 * The tables in an order in which every row finds the one that it names: triggers stay on, which only a superuser could switch off. By name where keys
 * leave it open, so that two backups of one schema are laid out alike. Throws where keys run in a circle.
 */
export function inOrderOfKeys(tables: readonly string[], keys: readonly ForeignKey[]): string[] {
  const left = new Set([...tables].sort());
  const done: string[] = [];
  while (left.size > 0) {
    const next = [...left].find(
      (table) => !keys.some(({ from, to }) => from === table && to !== table && left.has(to)),
    );
    if (next === undefined) throw new Error(`The foreign keys of ${[...left].join(", ")} run in a circle.`);
    left.delete(next);
    done.push(next);
  }
  return done;
}
