import { setFlagsFromString } from "node:v8";

/**
 * Keeps the process small; must run before WebAssembly is compiled. The database client's query compiler is two
 * megabytes of it, which V8 would compile whole and then once more for speed: a hundred megabytes for code that runs once
 * per kind of query, because its plans are kept. Functions are compiled when first called, and only once. The young generation keeps its size until `letYoungGrow`.
 */
export function keepMemorySmall(): void {
  setFlagsFromString("--wasm-lazy-compilation");
  setFlagsFromString("--liftoff-only");
  setFlagsFromString("--semi-space-growth-factor=1");
}

let isHeld = true;

/**
 * Lets the young generation grow to what the command line allows. During a start nearly everything survives, which V8 takes for load: it would double
 * that room to its limit (32 MiB twice) for a portal that nobody visits yet. Called when the first page is answered: what grows from then on is for visitors.
 */
export function letYoungGrow(): void {
  if (!isHeld) return;
  isHeld = false;
  setFlagsFromString("--semi-space-growth-factor=2");
}
