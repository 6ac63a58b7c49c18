/** How deep a body may be nested: the deepest that clients send has three levels. */
const deepest = 16;

/** A body of the lane: what it says, or that it cannot be read. Empty counts as nothing said. */
export type LaneBody = { readonly kind: "read"; readonly value: unknown } | { readonly kind: "unreadable" };

/**
 * Reads JSON that says so (a page of another origin cannot send that without a preflight). The serving entry has bounded its size; its depth is
 * bounded here, before a parser climbs down.
 */
export async function readLaneBody(request: Request): Promise<LaneBody> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "multipart/form-data") return { kind: "read", value: {} }; // a file for what is not offered: nothing of it is read
  const text = await request.text();
  if (text === "") return { kind: "read", value: {} };
  if (type !== "application/json" || isTooDeep(text)) return { kind: "unreadable" };
  try {
    return { kind: "read", value: JSON.parse(text) };
  } catch {
    return { kind: "unreadable" }; // whatever is wrong with it is the client's
  }
}

/** Counts brackets outside strings, in one walk: a body of nothing but quotes must not cost more than any other. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (isInString && sign === "\\") at += 1;
    else if (sign === '"') isInString = !isInString;
    else if (!isInString && (sign === "[" || sign === "{")) depth += 1;
    else if (!isInString && (sign === "]" || sign === "}")) depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}
