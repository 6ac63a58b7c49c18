import hooks, { AsyncLocalStorage } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";

/** What every storage holds where one piece of work runs. Never changed: who comes in with another value makes a new one. */
type Frame = ReadonlyMap<object, unknown>;

/** The first Node that keeps such a frame by itself. */
const firstWithFrames = 24;

/**
 * Lets all storages of this process live in a single one of Node's. Before Node 24 each promise copies what every storage holds, one after the other, and the framework
 * and its renderer have eight: a promise costs three times what it does with one (decision 0082). Must run before the framework is loaded; throws when it
 * already is. `version`: which Node this is, as it calls itself.
 */
export function shareOneContext(version = process.versions.node): void {
  if (Number.parseInt(version, 10) >= firstWithFrames) return;
  if ("AsyncLocalStorage" in globalThis)
    throw new Error("The framework was loaded before its storages were: lib/serve/one-context.ts must come first.");
  const sharing = storagesIn(new AsyncLocalStorage<Frame>());
  // The framework takes the class from there where somebody has put one; its renderer takes it from the module.
  Object.assign(globalThis, { AsyncLocalStorage: sharing });
  // Node 22 has a getter there, which an assignment does not replace.
  Object.defineProperty(hooks, "AsyncLocalStorage", {
    value: sharing,
    writable: true,
    enumerable: true,
    configurable: true,
  });
  syncBuiltinESMExports();
}

/**
 * The class that stands in for Node's `AsyncLocalStorage`, all its storages in `frames`. One difference: what `enterWith` enters within a `run` ends with that `run` for
 * every storage, where with Node's own that of another storage goes on.
 */
export function storagesIn(frames: AsyncLocalStorage<Frame>) {
  return class SharedStorage {
    static readonly bind = AsyncLocalStorage.bind;
    static readonly snapshot = AsyncLocalStorage.snapshot;

    run<R, Given extends unknown[]>(store: unknown, work: (...given: Given) => R, ...given: Given): R {
      return Object.is(store, this.getStore()) ? work(...given) : frames.run(this.#holding(store), work, ...given);
    }

    exit<R, Given extends unknown[]>(work: (...given: Given) => R, ...given: Given): R {
      return this.run(undefined, work, ...given);
    }

    getStore(): unknown {
      return frames.getStore()?.get(this);
    }

    enterWith(store: unknown): void {
      frames.enterWith(this.#holding(store));
    }

    disable(): void {
      this.enterWith(undefined);
    }

    #holding(store: unknown): Frame {
      return new Map(frames.getStore()).set(this, store);
    }
  };
}
