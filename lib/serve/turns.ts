/** Lets a few work at once; the others begin in the order in which they came. */
export type Turns = { take(work: () => Promise<void>): Promise<void> };

/**
 * `atOnce`: how many work at once. `longestMs`: whoever has worked for so many milliseconds goes on beside the next, so that nobody waits for
 * somebody who only waits (for a slow database, for a reader who does not read). What `work` throws is thrown on, and its place is free.
 */
export function makeTurns({ atOnce, longestMs }: { readonly atOnce: number; readonly longestMs: number }): Turns {
  const waiting = new Set<() => void>(); // in the order of arrival; a long line costs no more at its head than a short one
  let free = atOnce;
  const pass = () => {
    const [next] = waiting;
    if (next === undefined) free += 1;
    else {
      waiting.delete(next);
      next();
    }
  };
  const come = () =>
    new Promise<void>((begin) => {
      waiting.add(begin);
    });
  return {
    take: async (work) => {
      if (free > 0) free -= 1;
      else await come();
      const place = makePlace(pass);
      const timer = setTimeout(place.leave, longestMs);
      try {
        await work();
      } finally {
        clearTimeout(timer);
        place.leave();
      }
    },
  };
}

/** Left once, however often it is asked for. */
function makePlace(pass: () => void) {
  let isLeft = false;
  const leave = () => {
    if (isLeft) return;
    isLeft = true;
    pass();
  };
  return { leave };
}
