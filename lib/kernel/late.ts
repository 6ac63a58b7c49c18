/**
 * A part of the portal that is loaded when somebody first needs it, and kept. An `import()` that is asked anew looks for every file of its part anew, with a
 * path and three promises each: for the fifty files of the first door that was a quarter of all promises of a login. What cannot be loaded is tried again.
 */
export function late<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  const forget = (fault: unknown): never => {
    loaded = null;
    throw fault;
  };
  return () => {
    loaded ??= load().catch(forget);
    return loaded;
  };
}
