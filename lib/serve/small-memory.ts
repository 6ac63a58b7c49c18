import { setFlagsFromString } from "node:v8";

/**
 * Keeps the process small; must run before WebAssembly is compiled. The database client's query compiler is two
 * megabytes of it, which V8 would compile whole and then once more for speed: a hundred megabytes for code that runs once
 * per kind of query, because its plans are kept. Functions are compiled when first called, and only once.
 */
export function keepMemorySmall(): void {
  setFlagsFromString("--wasm-lazy-compilation");
  setFlagsFromString("--liftoff-only");
}
