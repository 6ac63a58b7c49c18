import { setFlagsFromString } from "node:v8";

/**
 * Keeps the process small; must run before WebAssembly is compiled. The database client's query compiler is two
 * megabytes of it, which V8 would compile whole and then once more for speed: a hundred megabytes for code that runs once
 * per kind of query, because its plans are kept. Functions are compiled when first called, and only once. Until `collectForVisitors` the young generation keeps its size, and old objects,
 * which a start makes and keeps, may double before they are marked anew.
 */
export function keepMemorySmall(): void {
  setFlagsFromString("--wasm-lazy-compilation");
  setFlagsFromString("--liftoff-only");
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=100");
}

let isHeld = true;

/**
 * Prepares the collector for visitors; called when the first page is answered. Until then it stays small: during a start nearly everything survives, which V8 takes for load,
 * and it would double the room for young objects to its limit (32 MiB twice) for a portal that nobody visits yet. From then on that room grows to what the command line allows, the marking
 * of old objects goes along with what answers allocate (V8's tasks follow each other until all is marked, and nobody is answered meanwhile), and old objects may
 * grow by 40 % before they are marked anew. Measured in decision 0053.
 */
export function collectForVisitors(): void {
  if (!isHeld) return;
  isHeld = false;
  setFlagsFromString("--semi-space-growth-factor=2");
  setFlagsFromString("--no-incremental-marking-task");
  setFlagsFromString("--heap-growing-percent=40");
}
