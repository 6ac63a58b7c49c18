/** Where the hour comes from. Handed in, so that tests move it instead of waiting. */
export type Clock = { readonly now: () => Date };

/** The machine's own clock: the only place in the house that asks for it. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still at `at` until it is moved (milliseconds). For tests. */
export function fixedClock(at: Date): Clock & { move(milliseconds: number): void } {
  let current = at.getTime();
  return {
    now: () => new Date(current),
    move: (milliseconds) => {
      current += milliseconds;
    },
  };
}
