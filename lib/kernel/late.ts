/**
 * A part of the portal that is loaded when somebody first needs it, and kept. An `import()` that is asked anew looks for every file of its part anew, with a
 * promise for each: for the 29 files behind the first door that was 31 of the 534 promises of a login. What cannot be loaded is asked for again: the bundler's runtime would keep
 * the failure, and the build lets it forget (`scripts/second-tries.mjs`).
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
