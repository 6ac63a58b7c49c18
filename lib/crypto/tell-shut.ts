import { logLine } from "@/lib/kernel/log";

/** A value that is stored sealed, by its column (`users.password_hash`) and its row. */
export type SealedValue = { readonly column: `${string}.${string}`; readonly id: string; readonly sealed: string };

const what =
  "A sealed value does not open: its row was damaged or moved, or its key is gone. `check` lists all of them.";

/** More at once is no accident, and is told again. */
const remembered = 1_000;
const told = new Set<string>();

/**
 * Wakes the operator, once in a process for each value: somebody was refused, or not told, for want of it. For whoever decides by a value, and only in a portal: a command's output is its answer. No event: whoever
 * could damage the value could change the record beside it too, and what it refuses has an event of its own.
 */
export function tellShut({ column, id, sealed }: SealedValue): void {
  const value = `${column} ${id} ${sealed.slice(-22)}`;
  if (told.has(value)) return;
  if (told.size >= remembered) told.clear();
  told.add(value);
  if (column === "factors.secret") logLine("alarm", "factor.unreadable", { what, factor: id });
  else logLine("alarm", "value.unreadable", { what, column, row: id });
}
