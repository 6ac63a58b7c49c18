declare global {
  /** Set by the postman of this process. Pages and start-up code are separate bundles: they share nothing but this. */
  var sallyportPostman: (() => void) | undefined;
}

/** Tells this process's postman, if there is one, that a letter waits. Others find it when they look next. */
export function wakePostman(): void {
  globalThis.sallyportPostman?.();
}

/** Hears of letters from now on; the answer ends it. */
export function onWake(listen: () => void): () => void {
  globalThis.sallyportPostman = listen;
  return () => {
    if (globalThis.sallyportPostman === listen) globalThis.sallyportPostman = undefined;
  };
}
