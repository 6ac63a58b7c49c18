import pg from "pg";
import { vi } from "vitest";

/** What a path asks of the database: how often it waits for an answer, and how often for the disk. */
export type Cost = { readonly roundTrips: number; readonly commits: number };

/** `FOR UPDATE` locks and `DO UPDATE` goes on with an `INSERT`: neither begins a write. */
const writes = /\b(?:INSERT\s+INTO|DELETE\s+FROM|(?<!\b(?:FOR|KEY|DO)\s+)UPDATE)\b/;

/**
 * Counts what `work` sends, at the driver and on every connection of every pool: whatever `query` is asked is one round trip, `BEGIN` and
 * `COMMIT` too. A commit is a transaction that was not undone, or a statement outside one that may write: also one whose condition turns out false.
 */
export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const asked = vi.spyOn(pg.Client.prototype, "query");
  try {
    await work();
    const all = asked.mock.calls.map(([given]: readonly unknown[]) => textOf(given));
    const said = all.filter((text) => !isIntroduction(text));
    const open = new Set<unknown>();
    let commits = 0;
    for (const [place, text] of all.entries()) {
      const connection = asked.mock.contexts[place];
      const word = text.trim().split(/\s/)[0];
      if (word === "BEGIN") open.add(connection);
      else if (word === "COMMIT" || word === "ROLLBACK") open.delete(connection);
      if (word === "COMMIT" || (!open.has(connection) && writes.test(text))) commits += 1;
    }
    return { roundTrips: said.length, commits };
  } finally {
    asked.mockRestore();
  }
}

/** What a fresh connection says first belongs to no path. */
const isIntroduction = (text: string): boolean => text.startsWith("SET TimeZone");

/** How many statements a spy on `pg.Client.prototype.query` has heard. */
export const statementsOf = (calls: readonly (readonly unknown[])[]): number =>
  calls.filter(([given]) => !isIntroduction(textOf(given))).length;

/** The words of what a driver's `query` was asked: a text, or something that has one. */
export function textOf(given: unknown): string {
  if (typeof given === "string") return given;
  return typeof given === "object" && given !== null && "text" in given ? String(given.text) : "";
}
