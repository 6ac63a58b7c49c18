/** A bar behind the doors: while it is down, those who have come in wait, and nothing is begun for them. */
export type Gate = {
  /** Begins `work` as soon as the bar is up, and counts it as inside until it has ended. */
  pass(work: () => Promise<void>): Promise<void>;
  /** How many are inside. */
  readonly inside: () => number;
  lower(): void;
  raise(): void;
};

/** A bar that is up. */
export function makeGate(): Gate {
  let down: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null;
  let inside = 0;
  return {
    pass: async (work) => {
      if (down !== null) await down.promise;
      inside += 1;
      try {
        await work();
      } finally {
        inside -= 1;
      }
    },
    inside: () => inside,
    lower: () => {
      if (down !== null) return;
      let resolve = () => {};
      const promise = new Promise<void>((done) => {
        resolve = done;
      });
      down = { promise, resolve };
    },
    raise: () => {
      down?.resolve();
      down = null;
    },
  };
}
