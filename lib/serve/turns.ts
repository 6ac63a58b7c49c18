/** Lets a few work at once; the others begin in the order in which they came. */
export type Turns = {
  take(work: () => Promise<void>): Promise<void>;
  /** Do as many wait as may? Whoever comes then is to be sent away at once: it costs less than a place far behind, and they would have left before their turn. */
  readonly isFull: () => boolean;
};

/** `atOnce`: how many work at once. `longestMs`: how long a place is held at most. `room`: how many may wait. */
export type Places = { readonly atOnce: number; readonly longestMs: number; readonly room: number };

/**
 * `atOnce`: how many work at once. `longestMs`: whoever has worked for so many milliseconds goes on beside the next, so that nobody waits for
 * somebody who only waits (for a slow database, for a reader who does not read). What `work` throws is thrown on, and its place is free.
 */
export function makeTurns({ atOnce, longestMs, room }: Places): Turns {
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
    isFull: () => waiting.size >= room,
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
