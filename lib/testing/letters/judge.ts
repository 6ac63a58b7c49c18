import type { Told } from "@/lib/testing/letters/outbox-process";

/** A copy of a letter at a provider, in the order in which they came; `at` and the kills are milliseconds of one clock. */
export type Copy = { readonly key: string; readonly at: number };

type Arrival = Copy & { readonly place: number };

export type Judgement = {
  readonly letters: number;
  readonly copies: number;
  readonly twice: number;
  /** What must not have happened, in words. */
  readonly mistakes: readonly string[];
};

/** An answer that was lost was on its way when its process was killed: the letter came at most this long before or after. */
const around = { before: 6_000, after: 2_000 };

/**
 * Compares what was promised with what arrived: every committed letter once, or again under the same key where a kill lost the answer;
 * no letter of a transaction that was rolled back; the first copies of each queue in the order in which they were written.
 */
export function judge(told: readonly Told[], copies: readonly Copy[], kills: readonly number[]): Judgement {
  const byKey = grouped(
    copies.map((copy, place) => ({ ...copy, place })),
    ({ key }) => key,
  );
  const committed = told.filter(({ isRolledBack }) => !isRolledBack);
  const lost = committed.filter(({ id }) => !byKey.has(id)).map(({ id }) => `lost: ${id}`);
  const undone = told
    .filter(({ id, isRolledBack }) => isRolledBack && byKey.has(id))
    .map(({ id }) => `rolled back, and arrived: ${id}`);
  const again = [...byKey].filter(([, all]) => all.length > 1);
  const unexplained = again.flatMap(([key, all]) =>
    all.slice(1).flatMap(({ at }, place) => {
      const before = all[place]?.at ?? 0;
      return kills.some((kill) => kill <= at && kill >= before - around.after && kill <= before + around.before)
        ? []
        : [`came twice, and nobody was killed: ${key}`];
    }),
  );
  const mistakes = [...lost, ...undone, ...unexplained, ...wrongOrder(committed, byKey)];
  return { letters: committed.length, copies: copies.length, twice: again.length, mistakes };
}

function wrongOrder(committed: readonly Told[], byKey: ReadonlyMap<string, readonly Arrival[]>): string[] {
  return [...grouped(committed, ({ queue }) => queue)].flatMap(([queue, letters]) => {
    const arrived = letters
      .flatMap(({ id, number }) => (byKey.get(id) ?? []).slice(0, 1).map(({ place }) => ({ number, place })))
      .sort((one, other) => one.place - other.place);
    const wrong = arrived.find(({ number }, place) => number < (arrived[place - 1]?.number ?? 0));
    return wrong ? [`out of order for ${queue}: ${wrong.number}`] : [];
  });
}

function grouped<T>(all: readonly T[], nameOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  return groups;
}
