/** Under these names libraries keep the fault behind their own, next to what else they tell of it. */
const holders = ["cause", "err", "error", "errors", "meta", "driverAdapterError", "originalError", "reason"] as const;

/** Where they keep its code. */
const codeNames = ["code", "originalCode", "errorCode", "kind"] as const;

/** Wrappers of wrappers have ten at most; whoever builds more of them, or a circle, is not followed for ever. */
const mostLooks = 100;

/**
 * The fault and everything that it was wrapped around: causes, lists of errors, and what Prisma, its drivers and next-auth put between. In: anything
 * that was thrown.
 */
export function layersOf(fault: unknown): readonly object[] {
  const seen = new Set<object>();
  const waiting = [fault];
  for (let looks = 0; waiting.length > 0 && looks < mostLooks; looks += 1) {
    const one = waiting.shift();
    if (typeof one !== "object" || one === null || seen.has(one)) continue;
    seen.add(one);
    waiting.push(...(Array.isArray(one) ? one : holders.map((name) => valueAt(one, name))));
  }
  return [...seen];
}

/** The codes that one layer of a fault carries, under whatever name. */
export function codesOf(layer: object): readonly string[] {
  return codeNames.map((name) => valueAt(layer, name)).filter((code) => typeof code === "string");
}

/** What an object holds under a name; nothing where asking for it throws. */
export function valueAt(object: object, name: string): unknown {
  try {
    return Reflect.get(object, name);
  } catch {
    return undefined; // a getter of somebody's own
  }
}
