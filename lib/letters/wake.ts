declare global {
  /** Set by the outbox worker of this process. Pages and what is done besides them are separate bundles: they share nothing but this. */
  var sallyportOutboxWorker: (() => void) | undefined;
}

/** Tells this process's outbox worker, if there is one, that a letter waits. Others find it when they look next. */
export function wakeOutboxWorker(): void {
  globalThis.sallyportOutboxWorker?.();
}

/** Hears of letters from now on; the answer ends it. */
export function onWake(listen: () => void): () => void {
  globalThis.sallyportOutboxWorker = listen;
  return () => {
    if (globalThis.sallyportOutboxWorker === listen) globalThis.sallyportOutboxWorker = undefined;
  };
}
