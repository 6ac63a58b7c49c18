/** Throws unless `condition` holds: for what our own code guarantees, never for a person's mistakes. */
export function ensure(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`This should not happen: ${what}`);
}
