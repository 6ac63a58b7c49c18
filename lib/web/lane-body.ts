/** How deep a body may be nested: the deepest that clients send has three levels. */
const deepest = 16;

/** A body of the lane: what it says, or that it cannot be read. Empty counts as nothing said. */
export type LaneBody = { readonly kind: "read"; readonly value: unknown } | { readonly kind: "unreadable" };

/**
 * Reads JSON that says so (a page of another origin cannot send that without a preflight). The serving entry has bounded its size; its depth is
 * bounded here, before a parser climbs down.
 */
export async function readLaneBody(request: Request): Promise<LaneBody> {
  const text = await request.text();
  if (text === "") return { kind: "read", value: {} };
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json" || isTooDeep(text)) return { kind: "unreadable" };
  try {
    return { kind: "read", value: JSON.parse(text) };
  } catch {
    return { kind: "unreadable" }; // whatever is wrong with it is the client's
  }
}

/** Counts brackets outside strings. */
function isTooDeep(text: string): boolean {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, "");
  let depth = 0;
  for (const sign of bare) {
    if (sign === "[" || sign === "{") depth += 1;
    if (sign === "]" || sign === "}") depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}
